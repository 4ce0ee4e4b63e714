import type { EntityManager } from '@mikro-orm/postgresql';
import type { Client } from '@temporalio/client';
import type { CommandResult } from '../../workflows/ticket/messages.ts';
import { plainNames, whyNotNow } from '../../workflows/ticket/rules/command.ts';
import { type Command, type CommandKind, declarationOf } from '../../workflows/ticket/rules/commands/index.ts';
import type { Fields, InputOf } from '../../workflows/ticket/rules/input.ts';
import { sentences } from '../../workflows/ticket/rules/refusal.ts';
import { type CommandTarget, findCommandTarget } from '../helpdesk/command-target.service.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { writeNote } from '../messaging/notes.service.ts';
import { callDeadline } from '../temporal/client.ts';
import { pinnedDefinition } from '../tracking/definitions.service.ts';
import { requirePublished } from '../tracking/published.service.ts';
import { unknownTask } from '../tracking/task.service.ts';
import { hasHadPart } from '../tracking/visits.service.ts';
import { whyNotThisUser } from './authority.ts';
import { conflict, outcomeOf } from './outcome.ts';
import { sendUpdate } from './send-update.ts';
import { createTicketQueue } from './ticket-queue.ts';

/** A command as a person sends it. */
export interface SentCommand {
  kind: CommandKind;
  /** The version that the sender saw. */
  version: number;
  input: InputOf<Fields>;
  /** The reason or note, for the commands that have one. */
  note: string | null;
  /** The sender's `Idempotency-Key`. A command sent again with the same key gets its first answer. */
  key: string;
}

/**
 * Sends a command to the ticket's workflow and waits until the change is in PostgreSQL.
 * @throws AppError `not_found`, `forbidden`, `version_conflict` with the changes since, `not_allowed` with the reason,
 * `idempotency_key_reused`, `unavailable`.
 */
export type SendCommand = (
  em: EntityManager,
  number: string,
  user: SessionUser,
  command: SentCommand,
) => Promise<CommandResult & { number: string }>;

/** How long a command waits for others, in milliseconds. */
const patience = {
  // Temporal takes ten updates of one workflow at once. With more, it drops the workflow task that is carrying one out, and
  // that sender would get no answer. In our queue, late commands see the new version before they reach Temporal.
  inQueue: 4_000,
  // Another API process has its own queue. When the workflow refuses our command because it is writing that process's
  // change, we wait for that change to show it to the sender. It comes in a moment, or PostgreSQL is in trouble.
  forTheWinner: 1_000,
};

/** Sends commands to the workflow as updates; their notes stay in PostgreSQL. */
export const createSendCommand = (
  { temporal }: { temporal: Client },
  { inQueue, forTheWinner } = patience,
): SendCommand => {
  const queued = createTicketQueue(inQueue);

  const send = async (until: number, ...[em, number, user, sent]: Parameters<SendCommand>) => {
    // With the user's id in it, two people's keys never collide.
    const updateId = `${user.id}:${sent.key}`;
    const target = await findCommandTarget(em, number, user, updateId);
    const first = firstAnswer(target, sent.kind);
    if (first) return { number, ...first };
    await checkBeforeSending(em, target, user, sent);
    const noteId =
      sent.note === null
        ? null
        : await writeNote(em, { ticketNumber: number, authorId: user.id, commandId: updateId, text: sent.note });
    const command = commandOf(sent, user.id, noteId);
    try {
      return { number, ...(await sendUpdate({ em, temporal, number, command, updateId, until })) };
    } catch (error) {
      const lost = { number, seen: sent.version, readerId: user.id, updateId, noteId, forTheWinner };
      return { number, ...(await outcomeOf(em, lost, error)) };
    }
  };

  return (em, number, ...rest) => {
    // The deadline includes the time in the queue.
    const until = Date.now() + callDeadline;
    return queued(number, () => send(until, em, number, ...rest));
  };
};

const commandOf = ({ kind, version, input }: SentCommand, actorId: number, noteId: number | null): Command =>
  // The route has checked input and note against the declaration of this kind.
  ({ ...input, kind, version, actorId, ...(noteId === null ? {} : { noteId }) }) as Command;

/** The first answer to this command; null for a new one. */
const firstAnswer = ({ earlier }: CommandTarget, kind: CommandKind): CommandResult | null => {
  if (!earlier) return null;
  if (earlier.kind === kind) return { status: earlier.status, version: earlier.version };
  throw new AppError(
    'idempotency_key_reused',
    `This key was used to ${earlier.kind} the ticket. Send another command with a key of its own.`,
  );
};

/** Checks a command before it goes to the workflow. @throws AppError for each refusal that needs no workflow. */
const checkBeforeSending = async (
  em: EntityManager,
  target: CommandTarget,
  user: SessionUser,
  sent: SentCommand,
): Promise<void> => {
  const { kind, version, input } = sent;
  const declaration = declarationOf(kind);
  const { facts, state } = target;
  if (declaration.at === 'tracking/tasks' && state.department === null) throw unknownTask(facts.number);
  const definition = user.id === facts.requesterId ? await pinnedDefinition(em, state.workflowVersionId) : null;
  const refusal = whyNotThisUser(kind, user, { facts, state, definition });
  // People who come too late for a step of their role get the changes since, not a refusal about the next step.
  const isLate = version < state.version;
  if (refusal && !(isLate && (await hasHadPart(em, facts.number, user)))) throw new AppError('forbidden', refusal.why);
  await requireThere(em, declaration.input, input);
  if (version !== state.version)
    throw await conflict(em, { number: facts.number, seen: version, readerId: user.id, forTheWinner: 0 });
  // The workflow of a ticket that is over has ended, so we refuse here.
  if (state.phase.at !== 'over') return;
  const situation = { facts, state, definition: null, names: plainNames };
  throw new AppError('not_allowed', whyNotNow(declaration, situation, input, user.id)?.why ?? sentences.over);
};

/** @throws AppError `not_found` when an id in the input refers to nothing. */
const requireThere = async (em: EntityManager, fields: Fields, input: InputOf<Fields>): Promise<void> => {
  for (const [name, field] of Object.entries(fields))
    if (field.type === 'id' && field.of === 'publishedVersion') await requirePublished(em, Number(input[name]));
};
