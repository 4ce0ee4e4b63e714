import type { EntityManager } from '@mikro-orm/postgresql';
import type { SessionUser } from '../http/user.ts';
import type { Voice } from './message.schema.ts';

/** A ticket as the people see it who talk on it. */
export interface Conversation {
  number: string;
  subject: string;
  requesterId: number;
  assigneeId: number | null;
  /** Closed, rejected or withdrawn. */
  isOver: boolean;
  /** The voices that this user reads. */
  reads: readonly Voice[];
}

/** As much of it as decides what one reads and writes. */
export type Access = Pick<Conversation, 'number' | 'isOver' | 'reads'>;

/** A message as it is told to others. */
export interface Posted {
  id: number;
  voice: Voice;
  text: string;
  at: Date;
}

/**
 * What messaging needs from the other modules. The composition root gives it, because messaging does not know them.
 */
export interface Surroundings {
  /** The ticket's conversation for somebody who may see the ticket. @throws AppError `not_found`. */
  conversationOf(em: EntityManager, number: string, user: SessionUser): Promise<Conversation>;
  /** Notifies those of `takers` who may read the message, the requester and the assignee, but never its author. */
  tell(
    em: EntityManager,
    conversation: Conversation,
    message: Posted,
    author: SessionUser,
    takers: readonly number[],
  ): Promise<void>;
}
