import { Migration } from '@mikro-orm/migrations';

export class Outbox extends Migration {
  override up(): void {
    this.addSql(`create table "outbox" (
      "id" serial primary key,
      "workflow_type" text not null,
      "workflow_id" text not null,
      "task_queue" text not null,
      "args" jsonb not null,
      "summary" text null,
      "search_attributes" jsonb null,
      "created_at" timestamptz not null default now(),
      "attempts" int not null default 0,
      "next_try_at" timestamptz not null default now(),
      "last_error" text null
    )`);
    this.addSql(`create index "outbox_next_try_at_index" on "outbox" ("next_try_at")`);
    this.addSql(`create function "outbox_outbox_wakes_the_relay_fn"() returns trigger as
      $$ begin perform pg_notify('outbox', ''); return null; end; $$ language plpgsql`);
    this.addSql(`create trigger "outbox_wakes_the_relay" after insert on "outbox"
      for each statement execute function "outbox_outbox_wakes_the_relay_fn"()`);
  }
}
