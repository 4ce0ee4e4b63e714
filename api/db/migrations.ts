import { Outbox } from './migrations/0000-outbox.ts';
import { Auth } from './migrations/0001-auth.ts';
import { Helpdesk } from './migrations/0002-helpdesk.ts';
import { Tracking } from './migrations/0003-tracking.ts';
import { Messaging } from './migrations/0004-messaging.ts';
import { Notification } from './migrations/0005-notification.ts';
import { Members } from './migrations/0006-members.ts';
import { Lists } from './migrations/0007-lists.ts';
import { Search } from './migrations/0008-search.ts';
import { Taken } from './migrations/0009-taken.ts';
import { Tokens } from './migrations/0010-tokens.ts';
import { Visits } from './migrations/0011-visits.ts';
import { Rounds } from './migrations/0012-rounds.ts';
import { Filters } from './migrations/0013-filters.ts';
import { Milliseconds } from './migrations/0014-milliseconds.ts';
import { MailsOfRound } from './migrations/0015-mails-of-round.ts';
import { Letters } from './migrations/0016-letters.ts';
import { Words } from './migrations/0017-words.ts';
import { RoleKeys } from './migrations/0018-role-keys.ts';
import { TicketNumbers } from './migrations/0019-ticket-numbers.ts';
import { Commands } from './migrations/0020-commands.ts';
import { UnreadNotifications } from './migrations/0030-unread-notifications.ts';

/** Every migration in the order in which they run. A landed one is never changed; a new one is added below. */
export const migrations = [
  { name: '0000-outbox', class: Outbox },
  { name: '0001-auth', class: Auth },
  { name: '0002-helpdesk', class: Helpdesk },
  { name: '0003-tracking', class: Tracking },
  { name: '0004-messaging', class: Messaging },
  { name: '0005-notification', class: Notification },
  { name: '0006-members', class: Members },
  { name: '0007-lists', class: Lists },
  { name: '0008-search', class: Search },
  { name: '0009-taken', class: Taken },
  { name: '0010-tokens', class: Tokens },
  { name: '0011-visits', class: Visits },
  { name: '0012-rounds', class: Rounds },
  { name: '0013-filters', class: Filters },
  { name: '0014-milliseconds', class: Milliseconds },
  { name: '0015-mails-of-round', class: MailsOfRound },
  { name: '0016-letters', class: Letters },
  { name: '0017-words', class: Words },
  { name: '0018-role-keys', class: RoleKeys },
  { name: '0019-ticket-numbers', class: TicketNumbers },
  { name: '0020-commands', class: Commands },
  { name: '0030-unread-notifications', class: UnreadNotifications },
];
