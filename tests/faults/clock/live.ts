import { WorkflowUpdateFailedError } from '@temporalio/client';
import { queues, ticketWorkflowId } from '../../../workflows/names.ts';
import { commandUpdate } from '../../../workflows/ticket/messages.ts';
import type { Command } from '../../../workflows/ticket/rules/commands/index.ts';
import { stepOf } from '../../../workflows/ticket/rules/definition.ts';
import type { TicketState } from '../../../workflows/ticket/rules/state.ts';
import { ticketLifecycle } from '../../../workflows/ticket/workflow.ts';
import { eventually } from '../eventually.ts';
import type { Moment, Plan, Stay } from './plan.ts';
import { type ClockWorld, factsOf } from './world.ts';

const second = 1_000;
const hour = 3_600 * second;
// The server that skips time cannot bear that a timer fires while a command is carried out that makes it void: nearer
// than this nothing is done before a deadline, and after it only when the step was marked.
const margin = second;

type Unversioned<Kind> = Kind extends Command ? Omit<Kind, 'version'> : never;

/** When somebody comes to leave a step that is due then; its time is what it has in all. */
const momentOf = ({ leaves, share }: Stay, dueAt: number, time: number): number => {
  const moments: Record<Moment, number> = {
    early: dueAt - time * (0.05 + 0.9 * share),
    late: dueAt + time * (0.05 + 2 * share) + margin,
    'just before': dueAt - margin,
    'just after': dueAt,
  };
  return Math.round(moments[leaves]);
};

const isMarked = ({ phase }: TicketState): boolean => phase.at !== 'step' || phase.overdue;

/** Brings a ticket through its plan; each instant that it names is one to come back at. */
export async function* live(
  { env, ledger }: ClockWorld,
  index: number,
  plan: Plan,
  from: number,
): AsyncGenerator<number> {
  const facts = factsOf(index);
  const { number } = facts;
  const start = { workflowId: ticketWorkflowId(number), taskQueue: queues.workflow, args: [facts] as const };
  const handle = await env.client.workflow.start(ticketLifecycle, { ...start, args: [facts] });
  const send = async (command: Unversioned<Command>): Promise<void> => {
    const args: [Command] = [{ ...command, version: ledger.stateOf(number).version }];
    try {
      await handle.executeUpdate(commandUpdate(command.kind), { args });
    } catch (error) {
      // The step was marked between the look and the command, as it happens to people.
      if (!(error instanceof WorkflowUpdateFailedError)) throw error;
      await handle.executeUpdate(commandUpdate(command.kind), {
        args: [{ ...command, version: ledger.stateOf(number).version }],
      });
    }
  };

  yield from + plan.openedAfter;
  await send({ kind: 'open', priority: plan.priority, department: 'it', actorId: 20 });
  for (const [place, stay] of plan.stays.entries()) {
    const { phase } = ledger.stateOf(number);
    if (phase.at !== 'step') break;
    const { step, dueAt } = phase;
    const leavesAt = momentOf(stay, dueAt, dueAt - (await env.currentTimeMs()));
    if (stay.changesHands && leavesAt >= dueAt) {
      yield dueAt - margin;
      const colleague = (ledger.members[phase.roleKey] ?? []).find((member) => member !== phase.assigneeId) ?? 0;
      await send({ kind: 'take', actorId: colleague });
    }
    yield leavesAt;
    if (leavesAt >= dueAt) await eventually(`${number} is marked`, () => isMarked(ledger.stateOf(number)), 20);
    const ways = stepOf(plan.definition, step).transitions;
    const isLast = place === plan.stays.length - 1;
    const way = (stay.goesBack && !isLast ? ways.find(({ direction }) => direction === 'back') : undefined) ?? ways[0];
    const { phase: now } = ledger.stateOf(number);
    const actorId = now.at === 'step' ? (now.assigneeId ?? 0) : 0;
    await send({ kind: 'act', transition: way?.key ?? '', actorId, noteId: 1 });
  }
  const { phase } = ledger.stateOf(number);
  if (phase.at !== 'resolved') return;
  yield phase.closesAt - (plan.end === 'requester' ? hour : 0);
  if (plan.end === 'requester') await send({ kind: 'close', actorId: 1 });
}

/** Lets all of them live side by side by one clock: who comes first is served first. Answers how late it is then. */
export const liveAll = async (world: ClockWorld, plans: readonly Plan[], from: readonly number[]): Promise<number> => {
  const { env } = world;
  const lives = plans.map((plan, index) => live(world, index, plan, from[index] ?? 0));
  const waiting: { at: number; life: AsyncGenerator<number> }[] = [];
  const goOn = async (life: AsyncGenerator<number>): Promise<void> => {
    const next = await life.next();
    if (!next.done) waiting.push({ at: next.value, life });
  };
  for (const life of lives) await goOn(life);
  while (waiting.length > 0) {
    waiting.sort((one, other) => one.at - other.at);
    const [first] = waiting.splice(0, 1);
    if (!first) break;
    await env.sleep(Math.max(0, first.at - (await env.currentTimeMs())));
    await goOn(first.life);
  }
  await env.sleep(30 * 24 * hour);
  return env.currentTimeMs();
};
