import { Migration } from '@mikro-orm/migrations';

export class Auth extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists "auth"`);
    this.addSql(`create table "auth"."system" (
      "id" serial primary key,
      "slug" text not null,
      "name" text not null
    )`);
    this.addSql(`alter table "auth"."system" add constraint "system_slug_unique" unique ("slug")`);
    this.addSql(
      `alter table "auth"."system" add constraint "system_slug_check" check ("slug" in ('tts', 'hdts', 'ams', 'bms'))`,
    );
    this.addSql(`create table "auth"."role" (
      "id" serial primary key,
      "system_id" int not null,
      "name" text not null,
      "is_active" boolean not null default true,
      "version" int not null default 1,
      "changed_at" timestamptz not null default now()
    )`);
    this.addSql(`alter table "auth"."role" add constraint "role_system_id_name_unique" unique ("system_id", "name")`);
    this.addSql(
      `alter table "auth"."role" add constraint "role_system_id_foreign" foreign key ("system_id") references "auth"."system" ("id")`,
    );
    this.addSql(`create table "auth"."user" (
      "id" serial primary key,
      "email" text not null,
      "username" text not null,
      "first_name" text not null,
      "middle_name" text null,
      "last_name" text not null,
      "suffix" text null,
      "phone" text null,
      "company_id" text null,
      "department" text null,
      "status" text not null default 'pending',
      "is_active" boolean not null default true,
      "password_hash" text null,
      "created_at" timestamptz not null default now(),
      "version" int not null default 1,
      "changed_at" timestamptz not null default now()
    )`);
    this.addSql(`alter table "auth"."user" add constraint "user_email_unique" unique ("email")`);
    this.addSql(`alter table "auth"."user" add constraint "user_username_unique" unique ("username")`);
    this.addSql(`alter table "auth"."user" add constraint "user_company_id_unique" unique ("company_id")`);
    this.addSql(
      `alter table "auth"."user" add constraint "user_department_check" check ("department" in ('it', 'asset', 'budget'))`,
    );
    this.addSql(
      `alter table "auth"."user" add constraint "user_status_check" check ("status" in ('pending', 'approved', 'rejected'))`,
    );
    this.addSql(`create table "auth"."user_system_role" (
      "id" serial primary key,
      "user_id" int not null,
      "role_id" int not null,
      "is_active" boolean not null default true,
      "version" int not null default 1,
      "changed_at" timestamptz not null default now()
    )`);
    this.addSql(`create index "user_system_role_role_id_index" on "auth"."user_system_role" ("role_id")`);
    this.addSql(
      `alter table "auth"."user_system_role" add constraint "user_system_role_user_id_role_id_unique" unique ("user_id", "role_id")`,
    );
    this.addSql(
      `alter table "auth"."user_system_role" add constraint "user_system_role_user_id_foreign" foreign key ("user_id") references "auth"."user" ("id")`,
    );
    this.addSql(
      `alter table "auth"."user_system_role" add constraint "user_system_role_role_id_foreign" foreign key ("role_id") references "auth"."role" ("id")`,
    );
    this.addSql(`create table "auth"."session" (
      "id" text not null,
      "user_id" int not null,
      "expires_at" timestamptz not null,
      "created_at" timestamptz not null default now(),
      primary key ("id")
    )`);
    this.addSql(`create index "session_user_id_index" on "auth"."session" ("user_id")`);
    this.addSql(`create index "session_expires_at_index" on "auth"."session" ("expires_at")`);
    this.addSql(
      `alter table "auth"."session" add constraint "session_user_id_foreign" foreign key ("user_id") references "auth"."user" ("id") on delete cascade`,
    );
    this.addSql(`create table "auth"."rate_limit" (
      "key" varchar(255) not null,
      "points" int not null default 0,
      "expire" bigint null,
      primary key ("key")
    )`);
  }
}
