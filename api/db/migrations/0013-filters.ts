import { Migration } from '@mikro-orm/migrations';

/** What somebody holds, narrowed by every filter: PostgreSQL takes the filters for independent, and they are not. */
export class Filters extends Migration {
  override up(): void {
    this.addSql(
      `create index "task_assignee_id_role_status_category_changed_at_number_index" on "tracking"."task"
       ("assignee_id", "role", "status", "category", "changed_at", "number")`,
    );
  }
}
