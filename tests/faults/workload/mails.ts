import type { Pool } from 'pg';

export interface MailRow {
  number: string;
  userId: number;
  /** Names the change, and who is notified of it as what. */
  eventKey: string;
  notificationId: number;
  batch: string | null;
  state: 'pending' | 'sending' | 'sent' | 'failed';
  attempts: number;
  lastError: string | null;
}

/** The mails about these tickets. */
export const mailsAbout = async (database: Pool, numbers: readonly string[]): Promise<MailRow[]> => {
  const { rows } = await database.query<MailRow>(
    `select n.ticket as number, n.user_id as "userId", n.event_key as "eventKey", n.id as "notificationId", m.batch,
       m.state, m.attempts, m.last_error as "lastError"
     from notification.notification n join notification.mail m on m.notification_id = n.id where n.ticket = any($1) order by n.id`,
    [numbers],
  );
  return rows;
};
