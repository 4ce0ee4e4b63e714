import { isDeepStrictEqual } from 'node:util';
import type { Definition, Step } from '../../../workflows/ticket/rules/definition.ts';
import type { VisitFact } from './facts.ts';
import { type Chapter, lineOf } from './story.ts';

type Say = (what: string) => void;
type Stay = Omit<VisitFact, 'number'>;

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
export const checkOrder = (requesterId: number, chapters: readonly Chapter[], say: Say): void => {
  const [first, ...others] = chapters;
  const submission = first?.lines[0];
  if (submission?.kind !== 'submitted' || submission.actorId !== requesterId || first?.lines.length !== 1)
    say(`begins with ${submission?.kind} by user ${submission?.actorId}`);
  for (const { lines, statusBefore } of others)
    for (const { kind } of lines)
      if (kind === 'submitted' || comesAfter[kind]?.includes(statusBefore ?? '') === false)
        say(`was ${kind} while it was ${statusBefore}`);
};

/** Each step was entered by the way that its definition knows; answers the stays that must have been written down. */
export const checkWay = (definition: Definition, chapters: readonly Chapter[], say: Say): Stay[] => {
  const stays: Stay[] = [];
  let expected: string | null = definition.start;
  let current: Step | undefined;
  let isLate = false;
  for (const chapter of chapters) {
    const [done, entered, stay] = [lineOf(chapter, 'step_done'), lineOf(chapter, 'step_entered'), stays.at(-1)];
    if (lineOf(chapter, 'overdue')) {
      if (isLate) say(`was overdue twice at ${current?.name}`);
      isLate = true;
    }
    if (done) {
      const way = current?.transitions.find(({ name }) => name === done.data.transition);
      if (!current || current.name !== done.data.step || !way)
        say(`did ${String(done.data.transition)} at ${String(done.data.step)}`);
      expected = way?.to ?? null;
      if (way && (way.to === null) !== (chapter.status === 'resolved'))
        say(`is ${chapter.status} after ${way.name} at ${current?.name}`);
      if (stay) stay.outcome = String(done.data.transition);
    }
    if (stay && (done || entered || chapter.status === 'withdrawn')) stay.left = true;
    if (entered) {
      current = stepNamed(definition, entered.data.step);
      if (!current || current.key !== expected) say(`came to ${String(entered.data.step)} where ${expected} was due`);
      expected = null;
      isLate = false;
      const visit = stays.length + 1;
      stays.push({ visit, stepKey: current?.key ?? '', assigneeId: chapter.assignee, left: false, outcome: null });
    } else if (stay && !stay.left) stay.assigneeId = chapter.assignee;
  }
  if (expected !== null) say(`never came to ${expected}`);
  return stays;
};

/** The visits say what the timeline says. */
export const checkVisits = (stays: readonly Stay[], visits: readonly VisitFact[], say: Say): void => {
  const found = visits.map(({ number: _, ...visit }) => visit);
  if (found.some(({ visit }, place) => visit !== place + 1)) say('has a gap in its visits');
  if (found.length !== stays.length) say(`entered ${stays.length} steps and has ${found.length} visits`);
  for (const [place, visit] of found.entries()) {
    const stay = stays[place];
    if (stay && !isDeepStrictEqual(visit, stay))
      say(`has ${JSON.stringify(visit)} as its visit where its timeline has ${JSON.stringify(stay)}`);
  }
};
