import type { EntityManager } from '@mikro-orm/postgresql';
import type { CommandResult } from '../../workflows/ticket/messages.ts';
import type { Command } from '../../workflows/ticket/rules/commands.ts';
import type { Question } from '../db/statements.ts';
import type { TicketView } from '../helpdesk/ticket.schema.ts';
import type { SessionUser } from '../http/user.ts';

export { ticketView } from '../helpdesk/ticket.schema.ts';

// What a module needs of another one. The modules do not know each other; `app.ts` brings them together.

type WithoutNote<Kind> = Kind extends Command ? Omit<Kind, 'noteId'> : never;

/** What a module asks before a command of its own is sent: it is asked together with the ticket. */
export interface Gate {
  asked: Question<object>;
  /** @throws AppError for who may not send it. */
  admit(rows: object[]): Promise<void>;
}

/**
 * Sends a command to the ticket's workflow and waits until the change stands in PostgreSQL. `text` is the reason or note of
 * the commands that have one.
 * @throws AppError `version_conflict` with what has changed since, `not_allowed` with why, `unavailable`, or what the
 * gate throws.
 */
export type SendCommand = (
  em: EntityManager,
  number: string,
  command: WithoutNote<Command>,
  text?: string,
  gate?: Gate,
) => Promise<CommandResult & { number: string }>;

/** The ticket with its history, for somebody who may see it. @throws AppError `not_found`. */
export type ReadTicket = (em: EntityManager, number: string, reader: SessionUser) => Promise<TicketView>;
