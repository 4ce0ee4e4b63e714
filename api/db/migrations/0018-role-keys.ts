import { Migration } from '@mikro-orm/migrations';

/** What `roleKeyOf` makes of a name. */
const keyOf = (name: string): string => `lower(regexp_replace(${name}, '[^a-zA-Z0-9]+', '_', 'g'))`;

/** Each step names its role by key, and where the role depends on the department, all of them. */
const definitionWithKeys = `jsonb_set("definition", '{steps}', (
  select coalesce(jsonb_agg(
    "step" || jsonb_build_object('role', ${keyOf(`"step"->>'role'`)}) ||
      case when "step"->'roleByDepartment' is null then '{}' else jsonb_build_object('roleByDepartment', (
        select coalesce(jsonb_object_agg("department", ${keyOf('"role"')}), '{}')
        from jsonb_each_text("step"->'roleByDepartment') as "owner" ("department", "role")
      )) end
    order by "place"), '[]')
  from jsonb_array_elements("definition"->'steps') with ordinality as "steps" ("step", "place")))`;

/**
 * A role has a key that never changes and a name that people can edit: whatever referred to a role by its name refers to it
 * by its key now. With it come the indexes by which copies of people's names are found when somebody is renamed.
 */
export class RoleKeys extends Migration {
  override up(): void {
    this.#auth();
    this.#tracking();
    this.#helpdesk();
  }

  #auth(): void {
    this.addSql(`alter table "auth"."role" add column "key" text`);
    // Two names of one system could come to the same key: the older role gets it.
    this.addSql(`update "auth"."role" "r" set "key" = "made"."key" || case when "made"."place" = 1 then '' else '_' || "r"."id" end
      from (select "id", ${keyOf('"name"')} as "key",
          row_number() over (partition by "system_id", ${keyOf('"name"')} order by "id") as "place" from "auth"."role") "made"
      where "made"."id" = "r"."id"`);
    this.addSql(`alter table "auth"."role" alter column "key" set not null`);
    this.addSql(`alter table "auth"."role" add constraint "role_system_id_key_unique" unique ("system_id", "key")`);
  }

  #tracking(): void {
    this.addSql(`alter table "tracking"."role" add column "key" text`);
    this.addSql(`update "tracking"."role" "r" set "key" = coalesce(
      (select "key" from "auth"."role" where "id" = "r"."id"), ${keyOf('"name"')} || '_' || "id")`);
    this.addSql(`alter table "tracking"."role" alter column "key" set not null`);
    this.addSql(`alter table "tracking"."role" add constraint "role_key_unique" unique ("key")`);
    // Two roles may exchange their names, and hear of it one after the other.
    this.addSql(`alter table "tracking"."role" drop constraint "role_name_unique"`);

    // Turns of roles that were renamed before have stayed behind; two of one key are one.
    this.addSql(`delete from "tracking"."rotation" "a" using "tracking"."rotation" "b"
      where ${keyOf('"a"."role"')} = ${keyOf('"b"."role"')} and "a"."role" > "b"."role"`);
    for (const table of ['rotation', 'task', 'visit']) {
      this.addSql(`alter table "tracking"."${table}" rename column "role" to "role_key"`);
      this.addSql(`update "tracking"."${table}" set "role_key" = ${keyOf('"role_key"')} where "role_key" is not null`);
    }
    this.addSql(`update "tracking"."workflow_version" set "definition" = ${definitionWithKeys}`);

    this.addSql(`alter index "tracking"."task_role_due_at_number_index" rename to "task_role_key_due_at_number_index"`);
    this.addSql(
      `alter index "tracking"."task_assignee_id_role_status_category_changed_at_number_index"
       rename to "task_filters_index"`,
    );
    this.addSql(`create index "task_requester_id_number_index" on "tracking"."task" ("requester_id", "number")`);
  }

  #helpdesk(): void {
    this.addSql(`alter table "helpdesk"."ticket" rename column "assignee_role" to "role_name"`);
    this.addSql(`alter table "helpdesk"."ticket" add column "role_key" text, add column "assignee_id" int`);
    this.addSql(`update "helpdesk"."ticket" set "role_key" = ${keyOf('"role_name"')},
      "assignee_id" = ("workflow_state"->'phase'->>'assigneeId')::int where "role_name" is not null`);
    this.addSql(`create index "ticket_role_key_id_index" on "helpdesk"."ticket" ("role_key", "id")`);
    this.addSql(`create index "ticket_assignee_id_id_index" on "helpdesk"."ticket" ("assignee_id", "id")`);
    this.addSql(`create index "timeline_entry_actor_id_id_index" on "helpdesk"."timeline_entry" ("actor_id", "id")`);
    this.addSql(`update "helpdesk"."person" set "roles" = (
      select coalesce(jsonb_agg(${keyOf('"role"')} order by "place"), '[]')
      from jsonb_array_elements_text("roles") with ordinality as "names" ("role", "place"))`);
  }
}
