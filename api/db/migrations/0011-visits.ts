import { Migration } from '@mikro-orm/migrations';

/** Whoever did a step finds it again. */
export class Visits extends Migration {
  override up(): void {
    this.addSql(`create index "visit_assignee_id_number_index" on "tracking"."visit" ("assignee_id", "number")`);
  }
}
