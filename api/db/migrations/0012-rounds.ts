import { Migration } from '@mikro-orm/migrations';

/** Mails go out in rounds: one flow brings what has come together since the last one. */
export class Rounds extends Migration {
  override up(): void {
    const mail = `"notification"."mail"`;
    this.addSql(`alter table ${mail} add column "round" uuid null`);
    this.addSql(`alter table ${mail} drop column "token"`);
    this.addSql(
      `create index "mail_waiting_index" on ${mail} ("notice_id") where "state" = 'pending' and "round" is null`,
    );
  }
}
