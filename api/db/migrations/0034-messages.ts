import { Migration } from '@mikro-orm/migrations';

/** What people say on a ticket, in two voices, with the earlier texts of what was edited and the drafts of what is not sent. */
export class Messages extends Migration {
  override up(): void {
    this.addSql(`create table "messaging"."message" (
      "id" serial primary key,
      "ticket_number" text not null,
      "voice" text not null,
      "author_id" int not null,
      "author_name" text not null,
      "text" text not null,
      "idempotency_key" text not null,
      "posted_at" timestamptz(3) not null default now(),
      "edited_at" timestamptz(3) null,
      "taken_back_at" timestamptz(3) null
    )`);
    this.addSql(
      `alter table "messaging"."message" add constraint "message_voice_check" check ("voice" in ('public', 'internal'))`,
    );
    this.addSql(
      `alter table "messaging"."message" add constraint "message_author_id_idempotency_key_unique" unique ("author_id", "idempotency_key")`,
    );
    this.addSql(`create index "message_ticket_number_id_index" on "messaging"."message" ("ticket_number", "id")`);
    this.addSql(`create table "messaging"."earlier_text" (
      "id" serial primary key,
      "message_id" int not null,
      "text" text not null,
      "until" timestamptz(3) not null
    )`);
    this.addSql(`create index "earlier_text_message_id_index" on "messaging"."earlier_text" ("message_id")`);
    this.addSql(`create table "messaging"."draft" (
      "ticket_number" text not null,
      "user_id" int not null,
      "voice" text not null,
      "text" text not null,
      "saved_at" timestamptz(3) not null,
      primary key ("ticket_number", "user_id")
    )`);
    this.addSql(
      `alter table "messaging"."draft" add constraint "draft_voice_check" check ("voice" in ('public', 'internal'))`,
    );
    this.addSql(`alter table "notification"."notification" drop constraint if exists "notification_kind_check"`);
    this.addSql(
      `alter table "notification"."notification" add constraint "notification_kind_check" check ("kind" in ('submitted', 'opened', 'in_progress', 'rejected', 'assigned', 'sent_back', 'taken', 'resolved', 'withdrawn', 'closed', 'overdue', 'message', 'internal_note'))`,
    );
  }
}
