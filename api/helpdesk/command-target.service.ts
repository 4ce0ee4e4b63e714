import type { EntityManager } from '@mikro-orm/postgresql';
import type { CommandResult } from '../../workflows/ticket/messages.ts';
import type { TicketFacts, TicketState } from '../../workflows/ticket/rules/state.ts';
import { stateOf } from '../../workflows/ticket/rules/upgrade.ts';
import type { SessionUser } from '../http/user.ts';
import { helpdesk } from './helpdesk.tables.ts';
import { canSee } from './ticket.policy.ts';
import { unknownTicket } from './timeline.service.ts';

/** What is read of a ticket before a command. */
export interface CommandTarget {
  facts: TicketFacts;
  state: TicketState;
  /** The same command when it was already carried out; null for a new one. */
  earlier: (CommandResult & { kind: string }) | null;
}

/** @throws AppError `not_found`, also for a ticket that this user may not see. */
export const findCommandTarget = async (
  em: EntityManager,
  number: string,
  user: SessionUser,
  commandId: string,
): Promise<CommandTarget> => {
  const found = await helpdesk(em)
    .selectFrom('helpdesk.ticket as t')
    .leftJoin('helpdesk.ticket_command as c', (join) =>
      join.onRef('c.ticket_number', '=', 't.number').on('c.id', '=', commandId),
    )
    .select([
      't.category',
      't.sub_category as subCategory',
      't.requester_id as requesterId',
      't.workflow_state as workflowState',
      'c.kind',
      'c.status',
      'c.version',
    ])
    .where('t.number', '=', number)
    .executeTakeFirst();
  if (!found || !canSee(user, found)) throw unknownTicket(number);
  const { category, subCategory, requesterId, workflowState, kind, status, version } = found;
  return {
    facts: { number, category, subCategory, requesterId },
    state: stateOf(workflowState),
    earlier: kind === null || status === null || version === null ? null : { kind, status, version },
  };
};

/** The first answer to this command; null when it was not carried out. */
export const answerOf = async (em: EntityManager, number: string, commandId: string): Promise<CommandResult | null> => {
  const found = await helpdesk(em)
    .selectFrom('helpdesk.ticket_command')
    .select(['status', 'version'])
    .where('ticket_number', '=', number)
    .where('id', '=', commandId)
    .executeTakeFirst();
  return found ?? null;
};

/** The ticket's current version. @throws AppError `not_found`. */
export const versionOf = async (em: EntityManager, number: string): Promise<number> => {
  const found = await helpdesk(em)
    .selectFrom('helpdesk.ticket')
    .select('version')
    .where('number', '=', number)
    .executeTakeFirst();
  if (!found) throw unknownTicket(number);
  return found.version;
};
