import { Migration } from '@mikro-orm/migrations';

/** Indexes in the order in which lists show their rows, so that a page costs the same however many rows there are. */
export class Lists extends Migration {
  override up(): void {
    this.addSql(`drop index "helpdesk"."ticket_requester_id_id_index"`);
    this.addSql(`drop index "helpdesk"."ticket_status_id_index"`);
    this.addSql(`create index "ticket_submitted_at_id_index" on "helpdesk"."ticket" ("submitted_at", "id")`);
    this.addSql(
      `create index "ticket_requester_id_submitted_at_id_index" on "helpdesk"."ticket" ("requester_id", "submitted_at", "id")`,
    );
    this.addSql(
      `create index "ticket_status_submitted_at_id_index" on "helpdesk"."ticket" ("status", "submitted_at", "id")`,
    );
    this.addSql(`create index "task_changed_at_number_index" on "tracking"."task" ("changed_at", "number")`);
    this.addSql(`create index "task_submitted_at_number_index" on "tracking"."task" ("submitted_at", "number")`);
  }
}
