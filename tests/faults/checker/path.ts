import { isDeepStrictEqual } from 'node:util';
import type { Definition, Step } from '../../../workflows/ticket/rules/definition.ts';
import type { VisitFact } from './facts.ts';
import { entryOf, type TicketVersion } from './ticket-versions.ts';

type Say = (what: string) => void;
type ExpectedVisit = Omit<VisitFact, 'number'>;

const stepNamed = ({ steps }: Definition, name: unknown): Step | undefined =>
  steps.find((candidate) => candidate.name === name);

const comesAfter: Record<string, readonly string[]> = {
  opened: ['new'],
  refused: ['new'],
  routed: ['new', 'open'],
  step_entered: ['new', 'open', 'in_progress'],
  step_done: ['open', 'in_progress'],
  assigned: ['new', 'open', 'in_progress'],
  overdue: ['open', 'in_progress'],
  resolved: ['open', 'in_progress'],
  withdrawn: ['new', 'open', 'in_progress'],
  closed: ['resolved'],
};

/** Nothing happened to a ticket that may not happen to one of its status. */
export const checkOrder = (requesterId: number, versions: readonly TicketVersion[], say: Say): void => {
  const [first, ...others] = versions;
  const submission = first?.entries[0];
  if (submission?.kind !== 'submitted' || submission.actorId !== requesterId || first?.entries.length !== 1)
    say(`begins with ${submission?.kind} by user ${submission?.actorId}`);
  for (const { entries, statusBefore } of others)
    for (const { kind } of entries)
      if (kind === 'submitted' || comesAfter[kind]?.includes(statusBefore ?? '') === false)
        say(`was ${kind} while it was ${statusBefore}`);
};

/** Each step was entered by a transition of the definition; answers the step visits that must have been recorded. */
export const checkPath = (definition: Definition, versions: readonly TicketVersion[], say: Say): ExpectedVisit[] => {
  const visits: ExpectedVisit[] = [];
  let expected: string | null = definition.start;
  let current: Step | undefined;
  let isLate = false;
  for (const version of versions) {
    const [done, entered, visit] = [entryOf(version, 'step_done'), entryOf(version, 'step_entered'), visits.at(-1)];
    if (entryOf(version, 'overdue')) {
      if (isLate) say(`was overdue twice at ${current?.name}`);
      isLate = true;
    }
    if (done) {
      const transition = current?.transitions.find(({ name }) => name === done.data.transition);
      if (!current || current.name !== done.data.step || !transition)
        say(`did ${String(done.data.transition)} at ${String(done.data.step)}`);
      expected = transition?.to ?? null;
      if (transition && (transition.to === null) !== (version.status === 'resolved'))
        say(`is ${version.status} after ${transition.name} at ${current?.name}`);
      if (visit) visit.outcome = String(done.data.transition);
    }
    if (visit && (done || entered || version.status === 'withdrawn')) visit.left = true;
    if (entered) {
      current = stepNamed(definition, entered.data.step);
      if (!current || current.key !== expected) say(`came to ${String(entered.data.step)} where ${expected} was due`);
      expected = null;
      isLate = false;
      const place = { visit: visits.length + 1, stepKey: current?.key ?? '' };
      visits.push({ ...place, assigneeId: version.assignee, left: false, outcome: null });
    } else if (visit && !visit.left) visit.assigneeId = version.assignee;
  }
  if (expected !== null) say(`never came to ${expected}`);
  return visits;
};

/** The recorded step visits agree with the timeline. */
export const checkVisits = (expected: readonly ExpectedVisit[], visits: readonly VisitFact[], say: Say): void => {
  const found = visits.map(({ number: _, ...visit }) => visit);
  if (found.some(({ visit }, place) => visit !== place + 1)) say('has a gap in its visits');
  if (found.length !== expected.length) say(`entered ${expected.length} steps and has ${found.length} visits`);
  for (const [place, visit] of found.entries()) {
    const wanted = expected[place];
    if (wanted && !isDeepStrictEqual(visit, wanted))
      say(`has ${JSON.stringify(visit)} as its visit where its timeline has ${JSON.stringify(wanted)}`);
  }
};
