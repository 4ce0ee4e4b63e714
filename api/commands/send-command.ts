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
import { requirePublished } from '../tracking/published.service.ts';
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
  /** The sender's `Idempotency-Key`: sent again with the same key, a command is answered as it was the first time. */
  key: string;
}

/**
 * Sends a command to the ticket's workflow and waits until the change stands in PostgreSQL.
 * @throws AppError `not_found`, `forbidden`, `version_conflict` with what has changed since, `not_allowed` with why,
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
  // Temporal takes ten updates of one workflow at once; more of them make it drop the task that carries one out, and the
  // winner would not hear of it. In a queue, those who come too late find the new version before they reach Temporal.
  inQueue: 4_000,
  // Another process has its own queue. When the workflow refuses our command because it is just writing that one's, who
  // lost wants to know to what: it is there in a moment, or PostgreSQL is in trouble.
  forTheWinner: 1_000,
};

/** Commands go to the workflow as updates; what people wrote with them stays in PostgreSQL. */
export const createSendCommand = (
  { temporal }: { temporal: Client },
  { inQueue, forTheWinner } = patience,
): SendCommand => {
  const queued = createTicketQueue(inQueue);

  const send = async (until: number, ...[em, number, user, sent]: Parameters<SendCommand>) => {
    // Two people's keys never meet.
    const updateId = `${user.id}:${sent.key}`;
    const target = await findCommandTarget(em, number, user, updateId);
    const first = firstAnswer(target, sent.kind);
    if (first) return { number, ...first };
    await lookAt(em, target, user, sent);
    const noteId =
      sent.note === null
        ? null
        : await writeNote(em, { ticketNumber: number, authorId: user.id, commandId: updateId, text: sent.note });
    const command = commandOf(sent, user.id, noteId);
    try {
      return { number, ...(await sendUpdate({ em, temporal, number, command, updateId, until })) };
    } catch (error) {
      const lost = { number, seen: sent.version, updateId, noteId, forTheWinner };
      return { number, ...(await outcomeOf(em, lost, error)) };
    }
  };

  return (em, number, ...rest) => {
    // The time in the queue counts, too.
    const until = Date.now() + callDeadline;
    return queued(number, () => send(until, em, number, ...rest));
  };
};

const commandOf = ({ kind, version, input }: SentCommand, actorId: number, noteId: number | null): Command =>
  // The declaration of the kind says which input and whether a note belong to it, and the route has checked both.
  ({ ...input, kind, version, actorId, ...(noteId === null ? {} : { noteId }) }) as Command;

/** What the same command was answered before; null for a new one. */
const firstAnswer = ({ earlier }: CommandTarget, kind: CommandKind): CommandResult | null => {
  if (!earlier) return null;
  if (earlier.kind === kind) return { status: earlier.status, version: earlier.version };
  throw new AppError(
    'idempotency_key_reused',
    `This key was used to ${earlier.kind} the ticket. Send another command with a key of its own.`,
  );
};

/** Looks at the ticket before its workflow does. @throws AppError for what the workflow need not be asked. */
const lookAt = async (
  em: EntityManager,
  target: CommandTarget,
  user: SessionUser,
  sent: SentCommand,
): Promise<void> => {
  const { kind, version, input } = sent;
  const declaration = declarationOf(kind);
  const { facts, state } = target;
  if (declaration.at === 'tracking/tasks' && state.department === null)
    throw new AppError('not_found', `There is no ticket ${facts.number} at the desk.`);
  const refusal = whyNotThisUser(kind, user, target);
  // Whoever comes too late for a step of theirs hears what has changed since, and not that the next step is none of theirs.
  const isLate = version < state.version;
  if (refusal && !(isLate && (await hasHadPart(em, facts.number, user)))) throw new AppError('forbidden', refusal.why);
  await requireThere(em, declaration.input, input);
  if (version !== state.version) throw await conflict(em, facts.number, version, 0);
  // The workflow of a ticket that is over has ended and answers nobody.
  if (state.phase.at !== 'over') return;
  const situation = { facts, state, definition: null, names: plainNames };
  throw new AppError('not_allowed', whyNotNow(declaration, situation, input, user.id)?.why ?? sentences.over);
};

/** @throws AppError `not_found` when what an id of the input names is not there. */
const requireThere = async (em: EntityManager, fields: Fields, input: InputOf<Fields>): Promise<void> => {
  for (const [name, field] of Object.entries(fields))
    if (field.type === 'id' && field.of === 'publishedVersion') await requirePublished(em, Number(input[name]));
};
