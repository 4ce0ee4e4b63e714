import { Migration } from '@mikro-orm/migrations';

export class Notification extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists "notification"`);
    this.addSql(`create table "notification"."mail" (
      "notice_id" int not null,
      "state" text not null,
      "message_id" text not null,
      "attempts" int not null default 0,
      "last_error" text null,
      "sent_at" timestamptz null,
      primary key ("notice_id")
    )`);
    this.addSql(
      `alter table "notification"."mail" add constraint "mail_state_check" check ("state" in ('pending', 'sent', 'failed'))`,
    );
    this.addSql(`create table "notification"."notice" (
      "id" serial primary key,
      "user_id" int not null,
      "event_key" text not null,
      "kind" text not null,
      "title" text not null,
      "body" text not null,
      "ticket" text not null,
      "link" text not null,
      "created_at" timestamptz not null,
      "read_at" timestamptz null
    )`);
    this.addSql(`create index "notice_user_id_id_index" on "notification"."notice" ("user_id", "id")`);
    this.addSql(
      `alter table "notification"."notice" add constraint "notice_user_id_event_key_unique" unique ("user_id", "event_key")`,
    );
    this.addSql(
      `alter table "notification"."notice" add constraint "notice_kind_check" check ("kind" in ('submitted', 'opened', 'in_progress', 'rejected', 'assigned', 'sent_back', 'resolved', 'withdrawn', 'closed', 'overdue'))`,
    );
  }
}
