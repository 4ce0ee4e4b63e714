import type { Definition } from '../../../workflows/ticket/rules/definition.ts';
import type { Operation } from '../workload/journal.ts';
import type { Facts, LineFact, Violation } from './facts.ts';
import { assigneeIn, byTicket, type Chapter, chaptersOf, isTakeOver } from './story.ts';

/** What a person did to a ticket, in the words of the journal. */
interface Deed {
  command: string;
  by: number;
  version: number;
}

const kindOf: Record<string, string> = { opened: 'open', refused: 'reject', withdrawn: 'withdraw', closed: 'close' };

/** The command that a line comes from; null when the line only follows from another one. */
const commandOf = (line: LineFact, chapter: Chapter, definition: Definition | undefined): string | null => {
  if (line.kind === 'assigned' && isTakeOver(chapter))
    return assigneeIn(line) === line.actorId ? 'take' : 'take for another';
  if (line.kind === 'routed') return chapter.lines[0] === line ? 'route' : null;
  if (line.kind !== 'step_done') return kindOf[line.kind] ?? null;
  const step = definition?.steps.find(({ name }) => name === line.data.step);
  return step?.transitions.find(({ name }) => name === line.data.transition)?.key ?? String(line.data.transition);
};

const deedsOf = (lines: readonly LineFact[], definition: Definition | undefined): Deed[] =>
  chaptersOf(lines).flatMap((chapter) =>
    chapter.lines.flatMap((line) => {
      const command = commandOf(line, chapter, definition);
      return line.actorId === null || command === null ? [] : [{ command, by: line.actorId, version: line.version }];
    }),
  );

const allDeeds = ({ tickets, lines, definitions }: Facts): Map<string, Deed[]> => {
  const pins = new Map(tickets.map(({ number, state }) => [number, state?.workflowVersionId ?? 0]));
  return new Map(
    [...byTicket(lines)].map(([number, own]) => [number, deedsOf(own, definitions.get(pins.get(number) ?? 0))]),
  );
};

const nameOf = (ticket: string, { command, by }: Pick<Deed, 'command' | 'by'>): string =>
  `${ticket}: ${command} by user ${by}`;

const counted = (names: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

type Sent = Operation & { ticket: string; command: string };

const isSent = (operation: Operation): operation is Sent =>
  operation.kind === 'command' && operation.ticket !== null && operation.command !== null;

/** K2: a command that was answered stands in the history once, under the name of who sent it; and nothing else does. */
export const checkCommands = (facts: Facts): Violation[] => {
  const sent = facts.operations.filter(isSent);
  const deeds = allDeeds(facts);
  const done = sent.filter(({ outcome }) => outcome === 'ok');
  const missing = done.filter(({ ticket, command, by, version }) => {
    const here = (deeds.get(ticket) ?? []).filter((deed) => deed.version === version);
    return here.length !== 1 || here[0]?.command !== command || here[0].by !== by;
  });
  // The same command again is answered as it was at first; another one never is.
  const answered = new Map(done.map((one) => [`${one.ticket} v${one.version} ${one.by} ${one.key}`, one]));
  const shared = [...counted([...answered.values()].map(({ ticket, version }) => `${ticket} v${version}`))].filter(
    ([, times]) => times > 1,
  );
  const repeated = Map.groupBy(
    done.filter(({ key }) => key !== null),
    ({ by, key }) => `${key} of user ${by}`,
  );
  const changed = [...repeated].filter(([, answers]) => new Set(answers.map(({ version }) => version)).size > 1);
  // What got no answer may have been done; what was refused may not.
  const attempts = counted(sent.flatMap((one) => (one.outcome === 'refused' ? [] : [nameOf(one.ticket, one)])));
  const stands = counted([...deeds].flatMap(([number, all]) => all.map((deed) => nameOf(number, deed))));
  const unsent = [...stands].filter(([name, times]) => times > (attempts.get(name) ?? 0));
  return [
    ...missing.map((one) => `${nameOf(one.ticket, one)} made version ${one.version}, and that is not so`),
    ...shared.map(([name, times]) => `${name} was the answer to ${times} commands`),
    ...changed.map(
      ([name, answers]) => `the command ${name} made version ${answers.map(({ version }) => version).join(', then ')}`,
    ),
    ...unsent.map(([name, times]) => `${name} was done ${times} times and sent ${attempts.get(name) ?? 0} times`),
  ].map((what) => ({ rule: 'K2', what }));
};
