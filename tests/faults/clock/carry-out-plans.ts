import { WorkflowUpdateFailedError } from '@temporalio/client';
import { queues, ticketWorkflowId } from '../../../workflows/names.ts';
import { commandUpdate } from '../../../workflows/ticket/messages.ts';
import type { Command } from '../../../workflows/ticket/rules/commands/index.ts';
import { stepOf } from '../../../workflows/ticket/rules/definition.ts';
import type { TicketState } from '../../../workflows/ticket/rules/state.ts';
import { ticketLifecycle } from '../../../workflows/ticket/workflow.ts';
import { eventually } from '../eventually.ts';
import type { Moment, Plan, StepVisit } from './plan.ts';
import { type ClockWorld, factsOf } from './world.ts';

const second = 1_000;
const hour = 3_600 * second;
// The server that skips time fails when a timer fires while a command is carried out that cancels it. So nothing is done
// in the last second before a deadline, and after it only once the step was marked.
const margin = second;

type Unversioned<Kind> = Kind extends Command ? Omit<Kind, 'version'> : never;

/** When somebody comes to leave a step that is due at `dueAt` and has this much time in all. */
const momentOf = ({ leaves, share }: StepVisit, dueAt: number, time: number): number => {
  const moments: Record<Moment, number> = {
    early: dueAt - time * (0.05 + 0.9 * share),
    late: dueAt + time * (0.05 + 2 * share) + margin,
    'just before': dueAt - margin,
    'just after': dueAt,
  };
  return Math.round(moments[leaves]);
};

const isMarked = ({ phase }: TicketState): boolean => phase.at !== 'step' || phase.overdue;

/** Brings a ticket through its plan; it yields each instant at which to go on. */
async function* carryOut({ env, ledger }: ClockWorld, index: number, plan: Plan, from: number): AsyncGenerator<number> {
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
  for (const [place, visit] of plan.visits.entries()) {
    const { phase } = ledger.stateOf(number);
    if (phase.at !== 'step') break;
    const { step, dueAt } = phase;
    const leavesAt = momentOf(visit, dueAt, dueAt - (await env.currentTimeMs()));
    if (visit.changesHands && leavesAt >= dueAt) {
      yield dueAt - margin;
      const colleague = (ledger.members[phase.roleKey] ?? []).find((member) => member !== phase.assigneeId) ?? 0;
      await send({ kind: 'take', actorId: colleague });
    }
    yield leavesAt;
    if (leavesAt >= dueAt) await eventually(`${number} is marked`, () => isMarked(ledger.stateOf(number)), 20);
    const transitions = stepOf(plan.definition, step).transitions;
    const isLast = place === plan.visits.length - 1;
    const back = transitions.find(({ direction }) => direction === 'back');
    const chosen = (visit.goesBack && !isLast ? back : undefined) ?? transitions[0];
    const { phase: now } = ledger.stateOf(number);
    const actorId = now.at === 'step' ? (now.assigneeId ?? 0) : 0;
    await send({ kind: 'act', transition: chosen?.key ?? '', actorId, noteId: 1 });
  }
  const { phase } = ledger.stateOf(number);
  if (phase.at !== 'resolved') return;
  yield phase.closesAt - (plan.end === 'requester' ? hour : 0);
  if (plan.end === 'requester') await send({ kind: 'close', actorId: 1 });
}

/** Carries out all plans side by side by one clock, in the order of their instants. Answers what the clock says then. */
export const carryOutPlans = async (
  world: ClockWorld,
  plans: readonly Plan[],
  from: readonly number[],
): Promise<number> => {
  const { env } = world;
  const tickets = plans.map((plan, index) => carryOut(world, index, plan, from[index] ?? 0));
  const waiting: { at: number; ticket: AsyncGenerator<number> }[] = [];
  const goOn = async (ticket: AsyncGenerator<number>): Promise<void> => {
    const next = await ticket.next();
    if (!next.done) waiting.push({ at: next.value, ticket });
  };
  for (const ticket of tickets) await goOn(ticket);
  while (waiting.length > 0) {
    waiting.sort((one, other) => one.at - other.at);
    const [first] = waiting.splice(0, 1);
    if (!first) break;
    await env.sleep(Math.max(0, first.at - (await env.currentTimeMs())));
    await goOn(first.ticket);
  }
  await env.sleep(30 * 24 * hour);
  return env.currentTimeMs();
};
