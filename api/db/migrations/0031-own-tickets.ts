import { Migration } from '@mikro-orm/migrations';

/**
 * Requesters must not decide about their own tickets. Tickets that a requester holds already are found by the reconciler,
 * because no older definition allows it.
 */
export class OwnTickets extends Migration {
  override up(): void {
    this.addSql(
      `alter table "tracking"."task" add column "only_requester" boolean not null default false, add column "requester_may_act" boolean not null default false`,
    );
  }
}
