import { Migration } from '@mikro-orm/migrations';

/** The outbox serves people in turn, and what somebody waits for before the rest. */
export class Turns extends Migration {
  override up(): void {
    this.addSql(`alter table "outbox"
      add column "priority" smallint not null default 3,
      add column "fairness_key" text not null default '',
      add column "turn" int not null default 0`);
    this.addSql(`drop index "outbox_next_try_at_index"`);
    this.addSql(`create index "outbox_order" on "outbox" ("priority", "turn", "id", "next_try_at")`);
    this.addSql(`create index "outbox_turns" on "outbox" ("priority", "fairness_key", "turn")`);
    this.addSql(`create index "outbox_workflow_id_index" on "outbox" ("workflow_id")`);
    this.addSql(`create function "outbox_outbox_takes_its_turn_fn"() returns trigger as
      $$ begin new.turn := greatest(
  coalesce((select min(turn) from outbox where priority = new.priority), 0),
  coalesce((select max(turn) + 1 from outbox where priority = new.priority and fairness_key = new.fairness_key), 0));
return new; end; $$ language plpgsql`);
    this.addSql(`create trigger "outbox_takes_its_turn" before insert on "outbox"
      for each row execute function "outbox_outbox_takes_its_turn_fn"()`);
  }
}
