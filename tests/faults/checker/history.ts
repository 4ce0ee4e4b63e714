import { isDeepStrictEqual } from 'node:util';
import type { TicketState } from '../../../workflows/ticket/rules/state.ts';
import { checkCommands } from './commands.ts';
import type { EntryFact, Facts, TaskFact, TicketFact, Violation, VisitFact } from './facts.ts';
import { checkOrder, checkPath, checkVisits } from './path.ts';
import { byTicket, type TicketVersion, versionsOf } from './ticket-versions.ts';

type Say = (what: string) => void;

/** Versions go 0, 1, 2 … up to the row's, and the entries of each are numbered without a gap. */
const checkGapless = ({ version }: TicketFact, entries: readonly EntryFact[], say: Say): void => {
  const perVersion = new Map<number, number[]>();
  for (const one of entries) perVersion.set(one.version, [...(perVersion.get(one.version) ?? []), one.ordinal]);
  for (let expected = 0; expected <= version; expected += 1) {
    const ordinals = perVersion.get(expected);
    if (!ordinals) say(`has no entry for version ${expected} of ${version}`);
    else if (ordinals.some((ordinal, place) => ordinal !== place))
      say(`has entries ${ordinals.join(', ')} in version ${expected}`);
  }
  const beyond = [...perVersion.keys()].filter((number) => number > version);
  if (beyond.length > 0) say(`has entries of version ${beyond.join(', ')}, which it has not reached`);
};

interface Sides {
  ticket: TicketFact;
  task: TaskFact | undefined;
  workflow: TicketState | null | undefined;
}

/** Row, task, workflow and timeline agree. */
const checkAgreement = ({ ticket, task, workflow }: Sides, last: TicketVersion | undefined, say: Say): void => {
  const { status, version, state } = ticket;
  if (status !== last?.status) say(`is ${status}, its timeline ends with ${last?.status}`);
  if (version > 0 && (state?.version !== version || state.status !== status))
    say(`is ${status} v${version}, its stored state ${state?.status} v${state?.version}`);
  const { phase } = state ?? {};
  const [step, assignee] = phase?.at === 'step' ? [phase.step, phase.assigneeId] : [null, null];
  if (assignee !== (last?.assignee ?? null))
    say(`is with user ${assignee}, its timeline says user ${last?.assignee ?? null}`);
  const wasOpened = (state?.priority ?? null) !== null;
  if (wasOpened !== (task !== undefined))
    say(wasOpened ? 'was opened and has no task' : 'has a task and was not opened');
  const seen = [task?.status, task?.version, task?.stepKey, task?.assigneeId];
  const wanted = [status, version, step, assignee];
  if (task && !isDeepStrictEqual(seen, wanted)) say(`is ${JSON.stringify(wanted)}, its task ${JSON.stringify(seen)}`);
  if (workflow && workflow.version !== version) say(`is v${version}, its workflow v${workflow.version}`);
  else if (workflow && state && !isDeepStrictEqual(workflow, state))
    say(`is ${JSON.stringify(state)} in PostgreSQL and ${JSON.stringify(workflow)} in Temporal`);
};

const checkDefinition = (
  { definitions }: Facts,
  pin: number | null,
  versions: readonly TicketVersion[],
  visits: readonly VisitFact[],
  say: Say,
): void => {
  const definition = pin === null ? null : definitions.get(pin);
  if (definition === undefined) say(`follows definition ${pin}, which is not there`);
  else checkVisits(definition ? checkPath(definition, versions, say) : [], visits, say);
};

/** K2: every ticket's history is whole, legal, and agrees with row, task, visits and workflow. */
export const checkHistory = (facts: Facts): Violation[] => {
  const [entries, visits] = [byTicket(facts.entries), byTicket(facts.visits)];
  const tasks = new Map(facts.tasks.map((task) => [task.number, task]));
  const violations: Violation[] = checkCommands(facts);
  for (const ticket of facts.tickets) {
    const { number, state } = ticket;
    const say: Say = (what) => violations.push({ rule: 'K2', what: `${number} ${what}` });
    const own = entries.get(number) ?? [];
    const versions = versionsOf(own);
    checkGapless(ticket, own, say);
    checkOrder(ticket.requesterId, versions, say);
    const sides = { ticket, task: tasks.get(number), workflow: facts.workflows.get(number)?.state };
    checkAgreement(sides, versions.at(-1), say);
    checkDefinition(facts, state?.workflowVersionId ?? null, versions, visits.get(number) ?? [], say);
  }
  return violations;
};
