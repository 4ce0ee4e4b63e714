import { Migration } from '@mikro-orm/migrations';

/** Who held a step is told when a colleague takes it over. */
export class Taken extends Migration {
  override up(): void {
    this.addSql(`alter table "notification"."notice" drop constraint "notice_kind_check"`);
    this.addSql(
      `alter table "notification"."notice" add constraint "notice_kind_check" check ("kind" in ('submitted', 'opened', 'in_progress', 'rejected', 'assigned', 'sent_back', 'taken', 'resolved', 'withdrawn', 'closed', 'overdue'))`,
    );
  }
}
