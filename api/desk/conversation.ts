import type { EntityManager } from '@mikro-orm/postgresql';
import { finalStatuses } from '../../workflows/ticket/rules/words.ts';
import { sessionUserOf, sessionUsers } from '../auth/session-user.ts';
import { visibleTicket } from '../helpdesk/read.service.ts';
import { canSeeAll, isReviewer } from '../helpdesk/ticket.policy.ts';
import { isInSystem } from '../http/policy.ts';
import type { SessionUser } from '../http/user.ts';
import type { Conversation, Surroundings } from '../messaging/conversation.ts';
import { type MessagePage, messageQuery } from '../messaging/message.schema.ts';
import { listMessages } from '../messaging/messages.service.ts';
import { type NewNotification, notify } from '../notification/notifications.service.ts';

// A conversation joins the help desk's ticket, auth's people and their notifications; messaging knows none of them.

/** What a notification repeats of a message, in characters. */
const longestExcerpt = 300;

const conversationOf: Surroundings['conversationOf'] = async (em, number, user) => {
  const ticket = await visibleTicket(em, number, user);
  // Staff who ask for themselves are requesters on their own ticket, and read what requesters read.
  const isStaff = canSeeAll(user) && ticket.requesterId !== user.id;
  return {
    number,
    subject: ticket.subject,
    requesterId: ticket.requesterId,
    assigneeId: ticket.assigneeId ?? null,
    isOver: finalStatuses.some((status) => status === ticket.status),
    reads: isStaff ? ['public', 'internal'] : ['public'],
  };
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

const pathFor = (user: SessionUser, { number }: Conversation): string => {
  if (isInSystem(user, 'tts')) return `/desk/tickets/${number}`;
  return isReviewer(user) ? `/review/${number}` : `/help/tickets/${number}`;
};

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

/** The first page of the ticket's messages, as its route gives it. */
export const newestMessages = async (em: EntityManager, number: string, user: SessionUser): Promise<MessagePage> =>
  listMessages(em, await conversationOf(em, number, user), messageQuery.parse({}), user);

/** What messaging needs from the other modules. */
export const surroundings: Surroundings = { conversationOf, tell };
