import { tidied } from '../../../api/http/written-text.ts';
import type { Target } from '../target.ts';
import type { Operation } from './document.ts';
import { bytesOfBody, type Draft, type Setting } from './draft.ts';
import { leavesOf } from './json-places.ts';
import { describeShot, isFine, type Shot, volley } from './volley.ts';

const most = 3;

const textsOf = (value: unknown): Set<string> =>
  new Set(leavesOf(value).flatMap((leaf) => (typeof leaf.value === 'string' ? [leaf.value] : [])));

const numberOf = ({ answer }: Shot): string | null => {
  const number: unknown = answer?.body?.number;
  return typeof number === 'string' ? number : null;
};

const reading = (path: string, number: string, as: string): Draft => ({
  method: 'GET',
  path,
  inPath: { number },
  query: [],
  headers: [],
  body: undefined,
  as,
  marks: [`read after it was taken`],
  mustBeRefused: false,
});

/** Texts that were submitted with the ticket and are not in it. */
const lostTexts = (sent: Draft, read: unknown): string[] => {
  const kept = textsOf(read);
  const body: unknown = JSON.parse(new TextDecoder().decode(bytesOfBody(sent) ?? undefined));
  return [...textsOf(body)].filter((text) => !kept.has(tidied(text, 'many')) && !kept.has(tidied(text, 'one')));
};

/** Reads what these requests have made or changed, through every route that shows it. Returns what is wrong with it. */
export const readBack = async (
  target: Target,
  setting: Setting,
  operations: readonly Operation[],
  taken: readonly Shot[],
): Promise<string[]> => {
  const readers = operations.filter(({ changes, path }) => !changes && /\/api\/.*\{number\}$/.test(path));
  const lists = operations.filter(({ changes, path }) => !changes && /^\/api\/[^{]*$/.test(path));
  const faults: string[] = [];
  for (const shot of taken.slice(0, most)) {
    const number = numberOf(shot);
    if (number === null) continue;
    const paths = [...readers, ...lists].map(({ path }) => reading(path, number, shot.draft.as));
    const reads = await volley(target, setting, paths);
    faults.push(...reads.flatMap(({ fault }) => fault ?? []));
    const view = reads.find((read) => isFine(read) && read.answer?.body?.number === number);
    if (shot.answer?.status !== 201 || shot.draft.body === undefined) continue;
    const lost = view ? lostTexts(shot.draft, view.answer?.body) : ['the ticket itself'];
    if (lost.length > 0)
      faults.push(describeShot(shot, `It was taken, but this was not kept: ${JSON.stringify(lost)}`));
  }
  return faults;
};
