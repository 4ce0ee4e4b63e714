import { Migration } from '@mikro-orm/migrations';

/**
 * Which commands were carried out, by their ids: who lost the answer and asks again gets the first answer. A note knows its
 * command, so that asking again does not write it twice.
 */
export class Commands extends Migration {
  override up(): void {
    this.addSql(`create table "helpdesk"."ticket_command" (
      "ticket_number" text not null,
      "id" text not null,
      "kind" text not null,
      "actor_id" int not null,
      "version" int not null,
      "status" text not null,
      "at" timestamptz not null,
      primary key ("ticket_number", "id")
    )`);
    this.addSql(
      `alter table "helpdesk"."ticket_command" add constraint "ticket_command_status_check" check ("status" in ('new', 'open', 'in_progress', 'on_hold', 'pending', 'resolved', 'rejected', 'withdrawn', 'closed'))`,
    );
    this.addSql(`alter table "messaging"."note" add column "command_id" text null`);
    this.addSql(
      `alter table "messaging"."note" add constraint "note_ticket_number_command_id_unique" unique ("ticket_number", "command_id")`,
    );
  }
}
