import type { Answer } from '../../../api/http/browser.fixture.ts';
import { askRaw, describeSent } from '../contract.ts';
import type { Target } from '../target.ts';
import type { Sent } from '../wire.ts';
import { type Draft, type Setting, sentOf } from './draft.ts';

/** A request that was sent, with its answer or with what is wrong about the answer. */
export interface Shot {
  draft: Draft;
  sent: Sent;
  /** Null where the answer broke the contract. */
  answer: Answer | null;
  fault: string | null;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

export const isFine = ({ answer }: Shot): boolean => answer !== null && answer.status >= 200 && answer.status < 300;

/** Accepted, and by a method that may change something. */
export const isTaken = (shot: Shot): boolean => isFine(shot) && !safe.has(shot.draft.method);

const mistaken = (draft: Draft, answer: Answer): string | null => {
  const isWrong = draft.mustBeRefused && answer.status < 300;
  return isWrong ? `It was answered ${answer.status} and must be refused` : null;
};

/** What is wrong, with everything that is needed to send the request again. */
export const describeShot = ({ draft, sent }: Pick<Shot, 'draft' | 'sent'>, fault: string): string =>
  [`As ${draft.as}, ${draft.marks.join('; ') || 'untouched'}: ${fault}`, `Request: ${describeSent(sent)}`].join('\n');

const shoot = async (target: Target, setting: Setting, draft: Draft): Promise<Shot> => {
  const sent = sentOf(draft, setting);
  try {
    const answer = await askRaw(target, sent);
    const fault = mistaken(draft, answer);
    return { draft, sent, answer, fault: fault === null ? null : describeShot({ draft, sent }, fault) };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { draft, sent, answer: null, fault: describeShot({ draft, sent }, fault) };
  }
};

const atOnce = 4;

/** Sends them all, a few at once. Returns them in the same order. */
export const volley = async (target: Target, setting: Setting, drafts: readonly Draft[]): Promise<Shot[]> => {
  const shots: Shot[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < drafts.length; index = next++) {
      const draft = drafts[index];
      if (draft) shots[index] = await shoot(target, setting, draft);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return shots;
};
