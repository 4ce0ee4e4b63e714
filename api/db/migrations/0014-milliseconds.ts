import { Migration } from '@mikro-orm/migrations';

/** A page ends at a moment that is known to the millisecond: what lay between two of them was skipped or came twice. */
export class Milliseconds extends Migration {
  override up(): void {
    this.addSql(
      `alter table "helpdesk"."ticket"
       alter column "submitted_at" type timestamptz(3), alter column "changed_at" type timestamptz(3)`,
    );
  }
}
