import type { z } from 'zod';
import type { BodyOf } from '../../api/commands/command.schema.ts';
import type { commandResult } from '../../api/helpdesk/ticket.schema.ts';
import { type Declaration, declarationOf } from '../../workflows/ticket/rules/commands/index.ts';
import { ask } from './api.ts';

/** A command with its body, as its declaration says. */
export type CommandInput = {
  [Of in Declaration as Of['kind']]: { number: string; command: Of['kind']; body: BodyOf<Of> };
}[Declaration['kind']];

/**
 * Sends commands of one form. Sent again as it was, because the answer was lost, a command bears the same
 * `Idempotency-Key` and gets its first answer; with other words it is another command.
 */
export const createCommandSender = () => {
  let last = { content: '', key: '' };
  return async (input: CommandInput): Promise<z.infer<typeof commandResult>> => {
    const { number, command, body } = input;
    const content = JSON.stringify(input);
    if (last.content !== content) last = { content, key: crypto.randomUUID() };
    const answer = await ask(`/api/${declarationOf(command).at}/${number}/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': last.key },
      body: JSON.stringify(body),
    });
    return answer.json();
  };
};

/** What an action of a task sends: the API says which command it is, and with which input. */
export const commandOf = (
  number: string,
  version: number,
  action: { command: string; input: Record<string, string | number> },
  note?: string,
): CommandInput =>
  ({ number, command: action.command, body: { version, ...action.input, ...(note && { note }) } }) as CommandInput;
