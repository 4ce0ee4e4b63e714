import { Migration } from '@mikro-orm/migrations';

/** What somebody has not read, in all and about one ticket: a command marks the latter as read. */
export class UnreadNotifications extends Migration {
  override up(): void {
    this.addSql(
      `create index "notification_unread_index" on "notification"."notification" ("user_id", "ticket") where "read_at" is null`,
    );
  }
}
