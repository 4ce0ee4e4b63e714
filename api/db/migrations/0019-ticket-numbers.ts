import { Migration } from '@mikro-orm/migrations';

/** Ticket numbers only grow: after the millionth ticket they have seven digits behind their day, instead of starting over. */
export class TicketNumbers extends Migration {
  override up(): void {
    this.addSql(`alter sequence "helpdesk"."ticket_digits" as bigint minvalue 0 no maxvalue no cycle`);
  }
}
