import type { RecordedChange } from '../../../activities/ticket/recorded-change.ts';
import { type Definition, stepOf } from '../../../workflows/ticket/rules/definition.ts';
import type { Priority } from '../../../workflows/ticket/rules/words.ts';

// When each deadline of a ticket must come, computed anew with whole numbers and from what was recorded, not by the product.

const tolerance = 1_000;
const confirmation = 72 * 60 * 60 * 1_000;

const shareOf = ({ steps, sla }: Definition, key: string, priority: Priority): number => {
  const total = BigInt(steps.reduce((sum, { weight }) => sum + weight, 0));
  const [own, all] =
    total === 0n ? [1n, BigInt(steps.length)] : [BigInt(stepOf({ steps, sla, start: '' }, key).weight), total];
  return Number((2n * BigInt(sla[priority]) * own + all) / (2n * all));
};

export interface DeadlineReport {
  problems: string[];
  /** Deadlines that were passed, and those that were kept. */
  passed: number;
  kept: number;
  /** From entering to leaving or to the deadline, whichever came later. */
  spans: { from: number; to: number }[];
}

interface StepVisit {
  step: string;
  from: number;
  dueAt: number;
  marks: number[];
  to: number;
}

const visitsOf = (changes: readonly RecordedChange[], definition: Definition, end: number): StepVisit[] => {
  const visits: StepVisit[] = [];
  for (const { events, state, at } of changes) {
    const last = visits.at(-1);
    const leaves = events.some(({ kind }) => kind === 'step_done' || kind === 'withdrawn');
    if (last && leaves) last.to = at;
    if (events.some(({ kind }) => kind === 'overdue')) last?.marks.push(at);
    const { phase, priority } = state;
    if (!events.some(({ kind }) => kind === 'step_entered') || phase.at !== 'step' || priority === null) continue;
    visits.push({
      step: phase.step,
      from: at,
      dueAt: at + shareOf(definition, phase.step, priority),
      marks: [],
      to: end,
    });
  }
  return visits;
};

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= tolerance;

/** Compares what was recorded of a ticket with its deadlines; `end` is what the clock says now. */
export const checkDeadlines = (
  changes: readonly RecordedChange[],
  definition: Definition,
  end: number,
): DeadlineReport => {
  const report: DeadlineReport = { problems: [], passed: 0, kept: 0, spans: [] };
  const name = changes[0]?.number ?? '';
  for (const { step, from, dueAt, marks, to } of visitsOf(changes, definition, end)) {
    report.spans.push({ from, to: Math.max(to, dueAt) });
    const mustPass = to > dueAt + tolerance;
    const mayPass = to >= dueAt;
    if (marks.length > 1) report.problems.push(`${name}: ${step} was marked ${marks.length} times`);
    if (mustPass && marks.length === 0) report.problems.push(`${name}: ${step} was late and not marked`);
    if (!mayPass && marks.length > 0) report.problems.push(`${name}: ${step} was left in time and marked`);
    for (const at of marks)
      if (!isNear(at, dueAt)) report.problems.push(`${name}: ${step} was marked ${at - dueAt} ms after its deadline`);
    if (marks.length > 0) report.passed += 1;
    else report.kept += 1;
  }
  const resolved = changes.find(({ events }) => events.some(({ kind }) => kind === 'resolved'));
  const closed = changes.find(({ state }) => state.status === 'closed');
  const byTime = closed?.events.some((event) => event.kind === 'closed' && event.by === 'time') ?? false;
  if (resolved && closed && byTime && !isNear(closed.at, resolved.at + confirmation))
    report.problems.push(`${name}: it closed ${closed.at - resolved.at - confirmation} ms after its 72 hours`);
  const late = resolved ? changes.indexOf(resolved) : -1;
  const after = late < 0 ? [] : changes.slice(late + 1);
  if (after.some(({ events }) => events.some(({ kind }) => kind === 'overdue')))
    report.problems.push(`${name}: it was marked after it was resolved`);
  return report;
};
