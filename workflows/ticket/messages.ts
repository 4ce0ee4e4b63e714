import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Command, CommandKind } from './rules/commands/index.ts';
import type { TicketState } from './rules/state.ts';
import type { Status } from './rules/words.ts';

/** What a command answers once the change stands in PostgreSQL. */
export interface CommandResult {
  status: Status;
  version: number;
}

/** The types of the failures that a refused command carries: the API's codes. */
export const refusalTypes = { stale: 'version_conflict', notAllowed: 'not_allowed', forbidden: 'forbidden' } as const;

/**
 * The type of the failure when a run takes no commands any more and the next one is not there yet: send it again in a
 * moment. Nothing of it is in the history, so it may have the same id.
 */
export const renewing = 'renewing';

/** One update for each kind of command, by its name, so that the history in Temporal Web reads like the ticket's. */
export const commandUpdate = (kind: CommandKind) => defineUpdate<CommandResult, [Command]>(kind);

/** Whether the ticket can bear this as the id of its change. Who sends an update chooses its id. */
export const isChangeId = (updateId: string): boolean => /^[\w:.-]{1,100}$/.test(updateId);

/** Members of a role changed: look again whether the assignee of the current step is one. */
export const membersChanged = defineSignal('membersChanged');

/** For operators, the reconciler and tests; pages read PostgreSQL. */
export const stateQuery = defineQuery<TicketState>('state');
