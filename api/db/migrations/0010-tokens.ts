import { Migration } from '@mikro-orm/migrations';

/**
 * Each fact that starts a flow is born with a token, and its flow bears it. Numbers, ids and versions come from
 * sequences, which a restored backup sets back: the token tells a flow of ours from one of an earlier life.
 */
export class Tokens extends Migration {
  override up(): void {
    for (const table of [`"outbox"`, `"helpdesk"."ticket"`, `"notification"."mail"`])
      this.addSql(`alter table ${table} add column "token" uuid not null default gen_random_uuid()`);
    // What the reconciler asks for at each look: the mails that are not sent yet, among all that ever were.
    this.addSql(`create index "mail_pending_index" on "notification"."mail" ("notice_id") where "state" = 'pending'`);
  }
}
