import { Migration } from '@mikro-orm/migrations';

export class Tracking extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists "tracking"`);
    this.addSql(`create table "tracking"."rotation" (
      "role" text not null,
      "last_user_id" int not null default 0,
      primary key ("role")
    )`);
    this.addSql(`create table "tracking"."task" (
      "number" text not null,
      "workflow_version_id" int null,
      "subject" text not null,
      "category" text not null,
      "sub_category" text null,
      "department" text not null,
      "priority" text not null,
      "requester_id" int not null,
      "requester_name" text not null,
      "status" text not null,
      "state" text not null,
      "track_steps" jsonb not null,
      "track_at" int null,
      "step_key" text null,
      "step_name" text null,
      "role" text null,
      "visit" int not null default 0,
      "assignee_id" int null,
      "assignee_name" text null,
      "entered_at" timestamptz null,
      "due_at" timestamptz null,
      "overdue" boolean not null default false,
      "submitted_at" timestamptz not null,
      "changed_at" timestamptz not null,
      "version" int not null,
      primary key ("number")
    )`);
    this.addSql(
      `create index "task_assignee_id_due_at_number_index" on "tracking"."task" ("assignee_id", "due_at", "number")`,
    );
    this.addSql(`create index "task_role_due_at_number_index" on "tracking"."task" ("role", "due_at", "number")`);
    this.addSql(`create index "task_state_due_at_number_index" on "tracking"."task" ("state", "due_at", "number")`);
    this.addSql(
      `alter table "tracking"."task" add constraint "task_category_check" check ("category" in ('it_support', 'asset_check_in', 'asset_check_out', 'budget_proposal', 'general_request'))`,
    );
    this.addSql(
      `alter table "tracking"."task" add constraint "task_department_check" check ("department" in ('it', 'asset', 'budget'))`,
    );
    this.addSql(
      `alter table "tracking"."task" add constraint "task_priority_check" check ("priority" in ('critical', 'high', 'medium', 'low'))`,
    );
    this.addSql(
      `alter table "tracking"."task" add constraint "task_status_check" check ("status" in ('new', 'open', 'in_progress', 'on_hold', 'pending', 'resolved', 'rejected', 'withdrawn', 'closed'))`,
    );
    this.addSql(
      `alter table "tracking"."task" add constraint "task_state_check" check ("state" in ('unrouted', 'waiting', 'held', 'done', 'cancelled'))`,
    );
    this.addSql(`create table "tracking"."visit" (
      "number" text not null,
      "visit" int not null,
      "step_key" text not null,
      "role" text not null,
      "assignee_id" int null,
      "assignee_name" text null,
      "entered_at" timestamptz not null,
      "due_at" timestamptz not null,
      "left_at" timestamptz null,
      "outcome" text null,
      primary key ("number", "visit")
    )`);
    this.addSql(`create table "tracking"."workflow" (
      "id" serial primary key,
      "name" text not null,
      "category" text not null,
      "sub_category" text null,
      "department" text null,
      "published_version" int null
    )`);
    this.addSql(`alter table "tracking"."workflow" add constraint "workflow_name_unique" unique ("name")`);
    this.addSql(
      `alter table "tracking"."workflow" add constraint "workflow_category_check" check ("category" in ('it_support', 'asset_check_in', 'asset_check_out', 'budget_proposal', 'general_request'))`,
    );
    this.addSql(
      `alter table "tracking"."workflow" add constraint "workflow_department_check" check ("department" in ('it', 'asset', 'budget'))`,
    );
    this.addSql(`create table "tracking"."workflow_version" (
      "id" serial primary key,
      "workflow_id" int not null,
      "version" int not null,
      "definition" jsonb not null,
      "published_at" timestamptz not null
    )`);
    this.addSql(
      `alter table "tracking"."workflow_version" add constraint "workflow_version_workflow_id_version_unique" unique ("workflow_id", "version")`,
    );
    this.addSql(
      `alter table "tracking"."workflow_version" add constraint "workflow_version_workflow_id_foreign" foreign key ("workflow_id") references "tracking"."workflow" ("id")`,
    );
  }
}
