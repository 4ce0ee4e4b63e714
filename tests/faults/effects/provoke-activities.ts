import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../../api/context.ts';
import { reconcileNow } from '../../../api/operations/reconcile-trigger.ts';
import { deliveryWorkflowId, ticketWorkflowId } from '../../../workflows/names.ts';
import { commandUpdate, membersChanged } from '../../../workflows/ticket/messages.ts';
import type { Arena } from '../arena/arena.ts';
import { eventually } from '../eventually.ts';
import type { Random } from '../random.ts';
import { advance } from '../workload/advance.ts';
import type { SubmittedTicket } from '../workload/submission.ts';
import { advanceAll, takeIn, ticketsAt } from '../workload/tickets.ts';

/** Tickets, each with something that does not happen to every ticket. */
interface Cast {
  /** Its workflow is lost: the reconciler puts it right, and the new run loads its workflow. */
  lost: SubmittedTicket;
  /** Gets the signal that members of its role have changed. */
  hinted: SubmittedTicket;
  /** Is sent a command whose sender has seen a version that its workflow does not know. */
  behind: SubmittedTicket;
  /** Its requester's mail server refuses their notifications. */
  refused: SubmittedTicket;
  /** Nothing happens to them but that workers die. */
  ordinary: SubmittedTicket[];
}

// Workers die one after the other, and hardly anything gets done until the last one is dead.
const patience = 600_000;

const onStep = async (arena: Arena, random: Random): Promise<SubmittedTicket> => {
  const ticket = await takeIn(arena, random);
  await advance(arena, ticket, random, { commands: 1 });
  return ticket;
};

/** Makes the tickets, before any worker dies. */
export const castTickets = async (arena: Arena, random: Random): Promise<Cast> => {
  const [lost, hinted, behind, refused] = await Promise.all([
    onStep(arena, random.fork()),
    onStep(arena, random.fork()),
    onStep(arena, random.fork()),
    takeIn(arena, random.fork()),
  ]);
  const ordinary = await ticketsAt(arena, random, [0, 0, 0]);
  return { lost, hinted, behind, refused, ordinary };
};

const workflowOf = ({ client }: Arena, { number }: SubmittedTicket) =>
  client.workflow.getHandle(ticketWorkflowId(number));

/** The version of a ticket that was only opened. */
const opened = 1;

const commandFromBeyond = async (arena: Arena, ticket: SubmittedTicket): Promise<void> => {
  const command = { kind: 'take', version: opened + 1, actorId: arena.people.admin.id } as const;
  // The workflow catches up, finds no such version, and refuses; its sender has no answer yet when the worker dies.
  await workflowOf(arena, ticket)
    .executeUpdate(commandUpdate('take'), { args: [command], updateId: randomUUID() })
    .catch(() => undefined);
};

const batchesUnderWay = `select distinct batch from notification.mail where state in ('pending', 'sending') and batch is not null`;

const isTriedByItself = async ({ database, client }: Arena): Promise<boolean> => {
  const { rows } = await database.query<{ batch: string }>(batchesUnderWay);
  const workflows = await Promise.all(
    rows.map(({ batch }) => client.workflow.getHandle(deliveryWorkflowId(batch)).describe()),
  );
  const activities = workflows.flatMap(({ raw }) => raw.pendingActivities ?? []);
  return activities.some(({ activityType, attempt }) => activityType?.name === 'sendMail' && (attempt ?? 0) > 1);
};

/** A mail that is refused for now is tried by itself after its batch; then one reader's mails are refused for good. */
const refuseForGood = async (arena: Arena, { refused }: Cast): Promise<void> => {
  await eventually('a mail was tried by itself', () => isTriedByItself(arena), patience / 1_000);
  arena.mail.refuse(550, refused.requester.email);
};

interface Provoked {
  /** Lets everything come to its end. */
  finish(): Promise<void>;
}

/** Everything that brings a ticket's workflow, a mail or the reconciler to do something. */
export const provokeActivities = async (
  arena: Arena,
  context: Context,
  cast: Cast,
  random: Random,
): Promise<Provoked> => {
  let over = false;
  // Temporal's list is late: the first look may still find the workflow that is gone.
  const lookAgainAndAgain = async (): Promise<void> => {
    while (!over) {
      await reconcileNow(context);
      await sleep(2_000);
    }
  };
  arena.mail.refuse(451);
  const beyond = commandFromBeyond(arena, cast.behind);
  await workflowOf(arena, cast.hinted).signal(membersChanged);
  await workflowOf(arena, cast.lost).terminate('Lost, for a test');
  const refusals = refuseForGood(arena, cast);
  const looks = lookAgainAndAgain();
  const opening = advance(arena, cast.refused, random.fork(), { commands: 1, patience });
  const ordinary = advanceAll(arena, cast.ordinary, random.fork(), { patience });
  const all = Promise.all([beyond, refusals, looks, opening, ordinary]);
  // Whoever finishes hears of a failure; until then it must not end the process.
  all.catch(() => undefined);
  return {
    async finish() {
      over = true;
      await all;
      arena.mail.refuse(null);
    },
  };
};
