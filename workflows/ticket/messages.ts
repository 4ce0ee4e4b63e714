import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Command, CommandKind } from './rules/commands/index.ts';
import type { TicketState } from './rules/state.ts';
import type { Status } from './rules/words.ts';

/** The answer to a command, sent once the change is in PostgreSQL. */
export interface CommandResult {
  status: Status;
  version: number;
}

/** The failure types of refused commands; they are the API's error codes. */
export const refusalTypes = { stale: 'version_conflict', notAllowed: 'not_allowed', forbidden: 'forbidden' } as const;

/**
 * The failure type while one run accepts no more commands and the next has not started. Send the command again in a moment;
 * it may keep its id, because it left nothing in the history.
 */
export const renewing = 'renewing';

/** One update for each kind of command, with its name, so that the history in Temporal Web is readable. */
export const commandUpdate = (kind: CommandKind) => defineUpdate<CommandResult, [Command]>(kind);

/** Whether this update id can be a change id. The sender of an update chooses its id. */
export const isChangeId = (updateId: string): boolean => /^[\w:.-]{1,100}$/.test(updateId);

/** Members of a role changed: check again whether the assignee of the current step is one. */
export const membersChanged = defineSignal('membersChanged');

/** For operators, the reconciler and tests; pages read PostgreSQL. */
export const stateQuery = defineQuery<TicketState>('state');
