import { z } from 'zod';
import { largestId } from '../../workflows/ticket/rules/input.ts';
import { json, ok } from '../http/answers.ts';
import { onceHeaders } from '../http/idempotency-key.ts';
import { wholeNumber } from '../http/number.schema.ts';
import { signedIn } from '../http/policy.ts';
import type { PersonLimits } from '../http/rate-limit-person.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { ticketNumber } from '../http/text.schema.ts';
import { editMessage, takeBackMessage } from './change-message.service.ts';
import type { Surroundings } from './conversation.ts';
import { draftOf, saveDraft } from './drafts.service.ts';
import { draft, editedMessage, message, messagePage, messageQuery, newMessage } from './message.schema.ts';
import { listMessages, messageView } from './messages.service.ts';
import { postMessage } from './post-message.service.ts';

const tags = ['Messaging'];
const ofTicket = z.strictObject({ number: ticketNumber });
const ofMessage = z.strictObject({ id: wholeNumber(1, largestId) });
const path = '/api/messaging/tickets/{number}';

/** The routes of conversations. `conversationOf` decides who may see a ticket. */
export const createMessagingRoutes = ({ conversationOf, tell }: Surroundings, limits: PersonLimits) => {
  const list = endpoint(signedIn, {
    method: 'get',
    path: `${path}/messages`,
    tags,
    summary: 'What people have said on the ticket, newest first',
    request: { params: ofTicket, query: messageQuery },
    responses: { 200: ok(messagePage) },
  });
  const post = endpoint(signedIn, {
    method: 'post',
    path: `${path}/messages`,
    tags,
    summary: 'Say something on the ticket',
    description: 'The requester and staff read `public` messages, staff alone `internal` ones.',
    request: {
      params: ofTicket,
      headers: onceHeaders,
      body: json(newMessage),
    },
    responses: { 201: ok(message) },
  });
  const edit = endpoint(signedIn, {
    method: 'patch',
    path: '/api/messaging/messages/{id}',
    tags,
    summary: 'Give your message another text',
    request: { params: ofMessage, body: json(editedMessage) },
    responses: { 200: ok(message) },
  });
  const takeBack = endpoint(signedIn, {
    method: 'delete',
    path: '/api/messaging/messages/{id}',
    tags,
    summary: 'Take your message back for everybody, within 15 minutes',
    request: { params: ofMessage },
    responses: { 200: ok(message) },
  });
  const readDraft = endpoint(signedIn, {
    method: 'get',
    path: `${path}/draft`,
    tags,
    summary: 'What you have begun to write on the ticket',
    request: { params: ofTicket },
    responses: { 200: ok(z.object({ draft: draft.nullable() })) },
  });
  const keepDraft = endpoint(signedIn, {
    method: 'put',
    path: `${path}/draft`,
    tags,
    summary: 'Keep what you have begun to write; an empty text clears it',
    request: { params: ofTicket, body: json(draft) },
    responses: { 204: { description: 'Kept' } },
  });

  return createRouter()
    .openapi(list, async (c) => {
      const { em, user } = c.var;
      const conversation = await conversationOf(em, c.req.valid('param').number, user);
      return c.json(await listMessages(em, conversation, c.req.valid('query'), user), 200);
    })
    .openapi(post, async (c) => {
      const { em, user } = c.var;
      await limits.count(em, 'commands', user.id);
      const conversation = await conversationOf(em, c.req.valid('param').number, user);
      const idempotencyKey = c.req.valid('header')['idempotency-key'];
      const posted = { conversation, author: user, idempotencyKey, message: c.req.valid('json') };
      return c.json(messageView(await postMessage(em, posted, tell), user), 201);
    })
    .openapi(edit, async (c) => {
      const { em, user } = c.var;
      await limits.count(em, 'commands', user.id);
      const change = { id: c.req.valid('param').id, text: c.req.valid('json').text, user };
      return c.json(messageView(await editMessage(em, change, conversationOf), user), 200);
    })
    .openapi(takeBack, async (c) => {
      const { em, user } = c.var;
      await limits.count(em, 'commands', user.id);
      const { id } = c.req.valid('param');
      return c.json(messageView(await takeBackMessage(em, { id, user }, conversationOf), user), 200);
    })
    .openapi(readDraft, async (c) => {
      const { em, user } = c.var;
      const { number } = await conversationOf(em, c.req.valid('param').number, user);
      return c.json({ draft: await draftOf(em, number, user.id) }, 200);
    })
    .openapi(keepDraft, async (c) => {
      const { em, user } = c.var;
      const { number } = await conversationOf(em, c.req.valid('param').number, user);
      await saveDraft(em, number, user.id, c.req.valid('json'));
      return c.body(null, 204);
    });
};
