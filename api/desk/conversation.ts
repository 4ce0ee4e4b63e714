import type { EntityManager } from '@mikro-orm/postgresql';
import { finalStatuses, type Status } from '../../workflows/ticket/rules/words.ts';
import { sessionUserOf, sessionUsers } from '../auth/session-user.ts';
import { visibleTicket } from '../helpdesk/read.service.ts';
import { canSeeAll } from '../helpdesk/ticket.policy.ts';
import type { TicketView } from '../helpdesk/ticket.schema.ts';
import { isInSystem } from '../http/policy.ts';
import type { SessionUser } from '../http/user.ts';
import type { Access, Conversation, Surroundings } from '../messaging/conversation.ts';
import { type MessagePage, messageQuery } from '../messaging/message.schema.ts';
import { listMessages } from '../messaging/messages.service.ts';
import { type NewNotification, notify } from '../notification/notifications.service.ts';

// A conversation joins the help desk's ticket, auth's people and their notifications; messaging knows none of them.

/** What a notification repeats of a message, in characters. */
const longestExcerpt = 300;

/** What this user, who may see the ticket, may read and write on it. */
const accessTo = (ticket: { number: string; status: Status; requesterId: number }, user: SessionUser): Access => {
  // Staff who ask for themselves are requesters on their own ticket, and read what requesters read.
  const isStaff = canSeeAll(user) && ticket.requesterId !== user.id;
  return {
    number: ticket.number,
    isOver: finalStatuses.some((status) => status === ticket.status),
    reads: isStaff ? ['public', 'internal'] : ['public'],
  };
};

const conversationOf: Surroundings['conversationOf'] = async (em, number, user) => {
  const { subject, status, requesterId, assigneeId } = await visibleTicket(em, number, user);
  return { ...accessTo({ number, status, requesterId }, user), subject, requesterId, assigneeId: assigneeId ?? null };
};

/** Those of these users who may still work with tickets. */
const staffAmong = async (em: EntityManager, ids: readonly number[]): Promise<SessionUser[]> => {
  if (ids.length === 0) return [];
  const rows = await sessionUsers(em)
    .where('u.id', 'in', [...new Set(ids)])
    .execute();
  return rows.map(sessionUserOf).filter(canSeeAll);
};

const excerpt = (text: string): string => {
  const characters = [...text];
  return characters.length > longestExcerpt ? `${characters.slice(0, longestExcerpt).join('')} …` : text;
};

/** Where this member of the staff reads the ticket. */
const pathFor = (staff: SessionUser, { number }: Conversation): string =>
  isInSystem(staff, 'tts') ? `/desk/tickets/${number}` : `/review/${number}`;

const tell: Surroundings['tell'] = async (em, conversation, message, author, takers) => {
  const { number, subject, requesterId, assigneeId } = conversation;
  const others = [...takers, ...(assigneeId === null ? [] : [assigneeId])];
  const staff = await staffAmong(
    em,
    others.filter((id) => id !== author.id && id !== requesterId),
  );
  const to = (userId: number, path: string): NewNotification => ({
    userId,
    eventKey: `message:${message.id}`,
    kind: message.voice === 'public' ? 'message' : 'internal_note',
    title:
      message.voice === 'public'
        ? `${author.name} wrote on “${subject}”`
        : `${author.name} left a note on “${subject}”`,
    body: excerpt(message.text),
    ticket: number,
    link: `${path}#message-${message.id}`,
    at: message.at,
  });
  const isForRequester = message.voice === 'public' && requesterId !== author.id;
  await notify(em, [
    ...staff.map((user) => to(user.id, pathFor(user, conversation))),
    ...(isForRequester ? [to(requesterId, `/help/tickets/${number}`)] : []),
  ]);
};

/** The first page of the messages of a ticket that was read for this user, as its route gives it. */
export const newestMessages = (
  em: EntityManager,
  { number, status, requester }: Pick<TicketView, 'number' | 'status' | 'requester'>,
  user: SessionUser,
): Promise<MessagePage> =>
  listMessages(em, accessTo({ number, status, requesterId: requester.id }, user), messageQuery.parse({}), user);

/** What messaging needs from the other modules. */
export const surroundings: Surroundings = { conversationOf, tell };
