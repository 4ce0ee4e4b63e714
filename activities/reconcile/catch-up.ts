import type { MikroORM } from '@mikro-orm/postgresql';
import { catchUpTicket } from '../../api/helpdesk/catch-up.service.ts';
import { lockTicket } from '../../api/helpdesk/projection.service.ts';
import { catchUpTask } from '../../api/tracking/catch-up.service.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';

/**
 * Brings a row that is behind its workflow to the workflow's state in one step; nobody is notified. `endedAt`: when the
 * workflow ended, or now. Returns false when the row has caught up meanwhile.
 */
export const catchUpRow = (orm: MikroORM, number: string, state: TicketState, endedAt: Date): Promise<boolean> =>
  orm.em.fork().transactional(async (em) => {
    const { ticket, state: before } = await lockTicket(em, number);
    if (before.version >= state.version) return false;
    const at = new Date();
    const wasOpened = state.priority !== null;
    const desk = wasOpened ? await catchUpTask(em, ticket, state, at) : null;
    await catchUpTicket(em, number, { state, from: before.version + 1, at, endedAt, desk });
    return true;
  });
