import { Migration } from '@mikro-orm/migrations';

/** What the sync flows bring from auth: roles and members for tracking, people for the help desk. */
export class Members extends Migration {
  override up(): void {
    this.addSql(`create table "tracking"."role" (
      "id" int not null,
      "name" text not null,
      "active" boolean not null,
      "version" int not null,
      primary key ("id")
    )`);
    this.addSql(`alter table "tracking"."role" add constraint "role_name_unique" unique ("name")`);
    this.addSql(`create table "tracking"."role_member" (
      "role_id" int not null,
      "user_id" int not null,
      "name" text not null,
      "active" boolean not null,
      "version" int not null,
      primary key ("role_id", "user_id")
    )`);
    this.addSql(`create table "helpdesk"."person" (
      "user_id" int not null,
      "name" text not null,
      "email" text not null,
      "department" text null,
      "company_id" text null,
      "is_employee" boolean not null,
      "is_staff" boolean not null,
      "roles" jsonb not null,
      "active" boolean not null,
      "version" int not null,
      primary key ("user_id")
    )`);
    this.addSql(
      `alter table "helpdesk"."person" add constraint "person_department_check" check ("department" in ('it', 'asset', 'budget'))`,
    );
  }
}
