import { Migration } from '@mikro-orm/migrations';

/** A round reads its mails among all that were ever sent. */
export class MailsOfRound extends Migration {
  override up(): void {
    this.addSql(`create index "mail_round_notice_id_index" on "notification"."mail" ("round", "notice_id")`);
  }
}
