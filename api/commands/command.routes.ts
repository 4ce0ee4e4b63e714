import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AnyCommand } from '../../workflows/ticket/rules/command.ts';
import { type CommandKind, commands } from '../../workflows/ticket/rules/commands/index.ts';
import type { Fields, InputOf } from '../../workflows/ticket/rules/input.ts';
import { commandResult } from '../helpdesk/ticket.schema.ts';
import { json, ok } from '../http/answers.ts';
import type { PersonLimits } from '../http/rate-limit-person.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { ticketNumber } from '../http/text.schema.ts';
import { policyOf } from './authority.ts';
import { bodySchema } from './command.schema.ts';
import type { SendCommand, SentCommand } from './send-command.ts';

const tags = { 'helpdesk/tickets': ['Help desk'], 'tracking/tasks': ['Tracking'] };

const headers = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\w-]{8,80}$/, 'Use 8 to 80 letters, digits, - or _.')
    .optional()
    .meta({ description: 'A command sent again with the same key gets its first answer.' }),
});

const routeOf = (declaration: AnyCommand) =>
  endpoint(policyOf(declaration.may), {
    method: 'post',
    path: `/api/${declaration.at}/{number}/${declaration.kind}`,
    tags: tags[declaration.at],
    summary: declaration.title,
    limited: true,
    request: {
      headers,
      params: z.strictObject({ number: ticketNumber }),
      body: json(bodySchema(declaration)),
    },
    responses: { 200: ok(commandResult) },
  });

/** Makes a command from a request's body. */
const sentCommand = (declaration: AnyCommand, body: Record<string, unknown>, key: string): SentCommand => {
  const { version, ...rest } = body;
  const noteName = declaration.note;
  const input = Object.fromEntries(Object.keys(declaration.input).map((name) => [name, rest[name]]));
  return {
    kind: declaration.kind as CommandKind,
    version: Number(version),
    input: input as InputOf<Fields>,
    note: noteName === null || rest[noteName] === undefined ? null : String(rest[noteName]),
    key,
  };
};

/** A route for each command. Pages use the same declarations (web/lib/send-command.ts). */
export const createCommandRoutes = (send: SendCommand, limits: PersonLimits) => {
  const router = createRouter();
  for (const declaration of commands)
    router.openapi(routeOf(declaration), async (c) => {
      const { number } = c.req.valid('param');
      const key = c.req.valid('header')['idempotency-key'] ?? randomUUID();
      const command = sentCommand(declaration, c.req.valid('json'), key);
      const { user, em } = c.var;
      await limits.count(em, 'commands', user.id);
      return c.json(await send(em, number, user, command), 200);
    });
  return router;
};
