import { Migration } from '@mikro-orm/migrations';

export class Messaging extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists "messaging"`);
    this.addSql(`create table "messaging"."remark" (
      "id" serial primary key,
      "ticket_number" text not null,
      "author_id" int not null,
      "text" text not null,
      "created_at" timestamptz not null default now()
    )`);
    this.addSql(`create index "remark_ticket_number_index" on "messaging"."remark" ("ticket_number")`);
  }
}
