import { expect, test } from 'vitest';
import { workflowSeeds } from '../../../seeds/workflows.ts';
import { facts, now, requester } from '../ticket.fixture.ts';
import type { Change, Pinned } from './change.ts';
import { applied } from './changes.fixture.ts';
import { plainNames, whyNotNow } from './command.ts';
import { type CommandKind, declarationOf } from './commands/index.ts';
import { type Definition, stepOf } from './definition.ts';
import { submitted, type TicketState } from './state.ts';
import { closeByTime, markOverdue, reassign } from './timed-changes.ts';
import { departments, finalStatuses, priorities, type Status } from './words.ts';

const steps = 2_000;
const agents = [2, 3, 4];
const everybody = [requester, ...agents];

/** Random numbers by seed (mulberry32), so that a failing walk can be repeated. */
const dice = (seed: number) => {
  let at = seed;
  return (sides: number): number => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
};

/** A command that somebody could try. */
interface Intention {
  kind: CommandKind;
  actorId: number;
  input: Record<string, string | number>;
}

/** Every command that anybody could try, allowed or not. */
const intentions = (state: TicketState, { definition, workflowVersionId }: Pinned): Intention[] => {
  const { phase } = state;
  const ways = phase.at === 'step' ? stepOf(definition, phase.step).transitions.map(({ key }) => key) : ['submit'];
  const kinds = ['reject', 'withdraw', 'close', 'take'] as const;
  return everybody.flatMap((actorId): Intention[] => [
    ...priorities.flatMap((priority) =>
      departments.map((department) => ({ kind: 'open' as const, actorId, input: { priority, department } })),
    ),
    ...kinds.map((kind) => ({ kind, actorId, input: {} })),
    { kind: 'route', actorId, input: { workflowVersionId } },
    ...[...ways, 'no such way'].map((transition) => ({ kind: 'act' as const, actorId, input: { transition } })),
  ]);
};

const carriedOut = (state: TicketState, intention: Intention, pinned: Pinned, matches: boolean): Change => {
  const { kind, actorId, input } = intention;
  const definition = kind === 'open' && !matches ? null : pinned;
  return applied(kind, state, { changeId: 'walk', now }, { input, actorId, pinned: definition });
};

/** The changes that happen without a command. */
const happenings = (state: TicketState): Change[] => {
  const { phase } = state;
  if (phase.at === 'resolved') return [closeByTime(state)];
  if (phase.at !== 'step') return [];
  return [reassign(state), ...(phase.overdue ? [] : [markOverdue(state)])];
};

/** Like recording in PostgreSQL: a step without an assignee gets one when the role has a member. */
const recorded = ({ state }: Change, roll: (sides: number) => number): TicketState => {
  if (state.phase.at !== 'step' || state.phase.assigneeId !== null || roll(5) === 0) return state;
  return { ...state, phase: { ...state.phase, assigneeId: agents[roll(agents.length)] ?? null } };
};

const leadsOn = ({ kind }: Intention): boolean => kind !== 'withdraw' && kind !== 'reject';

const walk = ({ definition, seed }: { definition: Definition; seed: number }) => {
  const pinned = { workflowVersionId: 9, definition };
  const roll = dice(seed);
  const oneOf = <Choice>(choices: Choice[]): Choice | undefined => choices[roll(Math.max(1, choices.length))];

  const allowed = (state: TicketState): Intention[] =>
    intentions(state, pinned).filter(
      ({ kind, input, actorId }) =>
        whyNotNow(declarationOf(kind), { facts, state, definition, names: plainNames }, input, actorId) === null,
    );

  /** Most tickets should get far, so rejecting and withdrawing are rare. */
  const chosen = (state: TicketState): Intention => {
    const choices = allowed(state);
    const willing = roll(10) === 0 ? choices : choices.filter(leadsOn);
    const kind = oneOf([...new Set(willing.map((intention) => intention.kind))]);
    const intention = oneOf(willing.filter((candidate) => candidate.kind === kind));
    if (!intention) throw new Error(`Nobody can do anything for ${JSON.stringify(state)}`);
    return intention;
  };

  return { pinned, roll, oneOf, allowed, chosen };
};

const walks = workflowSeeds.map(({ name, definition }, index) => ({ name, definition, seed: 2_026 + index }));

test.each(walks)('2,000 random steps through the $name (seed $seed) never lead to a dead end', (settings) => {
  const { pinned, roll, oneOf, allowed, chosen } = walk(settings);
  const statuses = new Set<Status>();
  const ways = new Set<string>();
  let state = submitted;
  for (let step = 0; step < steps; step += 1) {
    statuses.add(state.status);
    const isOver = state.phase.at === 'over';
    expect(finalStatuses.some((status) => status === state.status)).toBe(isOver);
    expect(allowed(state).some(leadsOn), JSON.stringify(state)).toBe(!isOver);
    if (isOver) {
      state = submitted;
      continue;
    }
    const intention = chosen(state);
    const byItself = roll(6) === 0 ? oneOf(happenings(state)) : undefined;
    const change = byItself ?? carriedOut(state, intention, pinned, roll(4) > 0);
    if (!byItself && intention.kind === 'act' && state.phase.at === 'step')
      ways.add(`${state.phase.step}:${intention.input.transition}`);
    expect(change.state).toMatchObject({ version: state.version + 1 });
    state = recorded(change, roll);
  }
  // Otherwise the walk would prove nothing about the statuses that it missed.
  expect(statuses).toEqual(new Set(['new', 'open', 'in_progress', 'resolved', ...finalStatuses]));
  const allWays = settings.definition.steps.flatMap((at) => at.transitions.map(({ key }) => `${at.key}:${key}`));
  expect(ways).toEqual(new Set(allWays));
});
