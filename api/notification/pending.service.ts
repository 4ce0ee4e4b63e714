import type { EntityManager } from '@mikro-orm/postgresql';
import { deliveryWorkflowId, deliveryWorkflowType, queues } from '../../workflows/names.ts';
import type { WorkflowStart } from '../db/outbox.ts';

/** A mail that is neither sent nor given up. */
export interface PendingMail {
  noticeId: number;
  token: string;
  ticket: string;
  kind: string;
}

/** In the order of their notices, after this one. */
export const pendingMails = (em: EntityManager, after: number, limit: number): Promise<PendingMail[]> =>
  em.execute<PendingMail[]>(
    `select m.notice_id as "noticeId", m.token, n.ticket, n.kind from notification.mail m
     join notification.notice n on n.id = m.notice_id
     where m.state = 'pending' and m.notice_id > ? order by m.notice_id limit ?`,
    [after, limit],
  );

/** The flow that brings a mail to its reader. */
export const mailFlow = ({ noticeId, ticket, kind }: Omit<PendingMail, 'token'>): Omit<WorkflowStart, 'token'> => ({
  workflowType: deliveryWorkflowType,
  workflowId: deliveryWorkflowId(noticeId),
  taskQueue: queues.notification,
  args: [{ noticeId }],
  summary: `${ticket} · ${kind}`,
});
