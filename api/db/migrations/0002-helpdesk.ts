import { Migration } from '@mikro-orm/migrations';

export class Helpdesk extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists "helpdesk"`);
    this.addSql(`create table "helpdesk"."ticket" (
      "id" serial primary key,
      "number" text not null,
      "requester_id" int not null,
      "requester_name" text not null,
      "idempotency_key" text not null,
      "submission_hash" text not null,
      "category" text not null,
      "sub_category" text null,
      "subject" text not null,
      "description" text not null,
      "form" jsonb not null,
      "scheduled_date" date null,
      "status" text not null,
      "priority" text null,
      "department" text null,
      "version" int not null default 0,
      "flow" jsonb null,
      "track_steps" jsonb not null,
      "track_at" int null,
      "holder_name" text null,
      "holder_role" text null,
      "due_at" timestamptz null,
      "reason" text null,
      "submitted_at" timestamptz not null,
      "changed_at" timestamptz not null,
      "resolved_at" timestamptz null,
      "closes_at" timestamptz null,
      "closed_at" timestamptz null
    )`);
    this.addSql(`alter table "helpdesk"."ticket" add constraint "ticket_number_unique" unique ("number")`);
    this.addSql(`create index "ticket_requester_id_id_index" on "helpdesk"."ticket" ("requester_id", "id")`);
    this.addSql(`create index "ticket_status_id_index" on "helpdesk"."ticket" ("status", "id")`);
    this.addSql(`create index "ticket_changed_at_id_index" on "helpdesk"."ticket" ("changed_at", "id")`);
    this.addSql(
      `alter table "helpdesk"."ticket" add constraint "ticket_requester_id_idempotency_key_unique" unique ("requester_id", "idempotency_key")`,
    );
    this.addSql(
      `alter table "helpdesk"."ticket" add constraint "ticket_category_check" check ("category" in ('it_support', 'asset_check_in', 'asset_check_out', 'budget_proposal', 'general_request'))`,
    );
    this.addSql(
      `alter table "helpdesk"."ticket" add constraint "ticket_status_check" check ("status" in ('new', 'open', 'in_progress', 'on_hold', 'pending', 'resolved', 'rejected', 'withdrawn', 'closed'))`,
    );
    this.addSql(
      `alter table "helpdesk"."ticket" add constraint "ticket_priority_check" check ("priority" in ('critical', 'high', 'medium', 'low'))`,
    );
    this.addSql(
      `alter table "helpdesk"."ticket" add constraint "ticket_department_check" check ("department" in ('it', 'asset', 'budget'))`,
    );
    this.addSql(`create table "helpdesk"."timeline_line" (
      "id" serial primary key,
      "ticket_number" text not null,
      "version" int not null,
      "ordinal" int not null,
      "at" timestamptz not null,
      "actor_id" int null,
      "actor_name" text null,
      "kind" text not null,
      "data" jsonb not null
    )`);
    this.addSql(
      `alter table "helpdesk"."timeline_line" add constraint "timeline_line_ticket_number_version_ordinal_unique" unique ("ticket_number", "version", "ordinal")`,
    );
    // The six digits of a ticket number. Numbers of one day repeat only after a million tickets.
    this.addSql(`create sequence "helpdesk"."ticket_digits" minvalue 0 maxvalue 999999 start 1 cycle`);
  }
}
