import { Migration } from '@mikro-orm/migrations';

/**
 * What the rate limits count is written with many requests and matters for minutes. Unlogged, nobody waits for the disk;
 * after a crash of PostgreSQL the counts begin again. Rows change in place, as there is room on their page.
 */
export class UnloggedLimits extends Migration {
  override up(): void {
    this.addSql(`alter table "auth"."rate_limit" set unlogged`);
    this.addSql(`alter table "auth"."rate_limit" set (fillfactor = 50)`);
  }
}
