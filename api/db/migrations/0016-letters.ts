import { Migration } from '@mikro-orm/migrations';

/** All that one reader is told in a round goes out as one mail, which bears the id of its first notice. */
export class Letters extends Migration {
  override up(): void {
    const mail = `"notification"."mail"`;
    this.addSql(`alter table ${mail} add column "letter" int null`);
    // What is under way goes on as it set out: each notice by a mail of its own.
    this.addSql(`update ${mail} set "letter" = "notice_id" where "state" = 'pending' and "round" is not null`);
  }
}
