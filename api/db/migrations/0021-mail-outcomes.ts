import { Migration } from '@mikro-orm/migrations';

/**
 * A mail is noted as being sent before it is, so that the next try knows what a crash or a lost connection has left open.
 * Its Message-ID is made with its batch, where the sender's domain is known.
 */
export class MailOutcomes extends Migration {
  override up(): void {
    const mail = `"notification"."mail"`;
    this.addSql(`alter table ${mail} drop constraint "mail_state_check"`);
    this.addSql(
      `alter table ${mail} add constraint "mail_state_check" check ("state" in ('pending', 'sending', 'sent', 'failed'))`,
    );
    this.addSql(`alter table ${mail} alter column "message_id" drop not null`);
    this.addSql(`alter table ${mail} add column "unknown_outcomes" int not null default 0`);
    this.addSql(`drop index "notification"."mail_pending_index"`);
    this.addSql(
      `create index "mail_unsent_index" on ${mail} ("notification_id") where "state" in ('pending', 'sending')`,
    );
  }
}
