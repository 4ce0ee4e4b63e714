import type { Definition } from '../../../workflows/ticket/rules/definition.ts';
import type { Operation } from '../workload/journal.ts';
import type { EntryFact, Facts, Violation } from './facts.ts';
import { assigneeIn, byTicket, isTakeOver, type TicketVersion, versionsOf } from './ticket-versions.ts';

/** A command that a timeline says was carried out, in the words of the journal. */
interface DoneCommand {
  command: string;
  by: number;
  version: number;
}

const kindOf: Record<string, string> = { opened: 'open', refused: 'reject', withdrawn: 'withdraw', closed: 'close' };

/** The command that an entry comes from; null when the entry only follows from another one. */
const commandOf = (entry: EntryFact, version: TicketVersion, definition: Definition | undefined): string | null => {
  if (entry.kind === 'assigned' && isTakeOver(version))
    return assigneeIn(entry) === entry.actorId ? 'take' : 'take for another';
  if (entry.kind === 'routed') return version.entries[0] === entry ? 'route' : null;
  if (entry.kind !== 'step_done') return kindOf[entry.kind] ?? null;
  const step = definition?.steps.find(({ name }) => name === entry.data.step);
  return step?.transitions.find(({ name }) => name === entry.data.transition)?.key ?? String(entry.data.transition);
};

const doneIn = (entries: readonly EntryFact[], definition: Definition | undefined): DoneCommand[] =>
  versionsOf(entries).flatMap((version) =>
    version.entries.flatMap((entry) => {
      const command = commandOf(entry, version, definition);
      return entry.actorId === null || command === null ? [] : [{ command, by: entry.actorId, version: entry.version }];
    }),
  );

const allDone = ({ tickets, entries, definitions }: Facts): Map<string, DoneCommand[]> => {
  const pins = new Map(tickets.map(({ number, state }) => [number, state?.workflowVersionId ?? 0]));
  return new Map(
    [...byTicket(entries)].map(([number, own]) => [number, doneIn(own, definitions.get(pins.get(number) ?? 0))]),
  );
};

const nameOf = (ticket: string, { command, by }: Pick<DoneCommand, 'command' | 'by'>): string =>
  `${ticket}: ${command} by user ${by}`;

const counted = (names: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

type Sent = Operation & { ticket: string; command: string };

const isSent = (operation: Operation): operation is Sent =>
  operation.kind === 'command' && operation.ticket !== null && operation.command !== null;

/** K2: a command that was answered is in the timeline once, under the name of who sent it; and nothing else is. */
export const checkCommands = (facts: Facts): Violation[] => {
  const sent = facts.operations.filter(isSent);
  const carriedOut = allDone(facts);
  const done = sent.filter(({ outcome }) => outcome === 'ok');
  const missing = done.filter(({ ticket, command, by, version }) => {
    const here = (carriedOut.get(ticket) ?? []).filter((one) => one.version === version);
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
  const recorded = counted([...carriedOut].flatMap(([number, all]) => all.map((command) => nameOf(number, command))));
  const unsent = [...recorded].filter(([name, times]) => times > (attempts.get(name) ?? 0));
  return [
    ...missing.map((one) => `${nameOf(one.ticket, one)} made version ${one.version}, and that is not so`),
    ...shared.map(([name, times]) => `${name} was the answer to ${times} commands`),
    ...changed.map(
      ([name, answers]) => `the command ${name} made version ${answers.map(({ version }) => version).join(', then ')}`,
    ),
    ...unsent.map(([name, times]) => `${name} was done ${times} times and sent ${attempts.get(name) ?? 0} times`),
  ].map((what) => ({ rule: 'K2', what }));
};
