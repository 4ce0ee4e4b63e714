import type { Change, Moment, Pinned } from './change.ts';
import type { CommandKind } from './commands/index.ts';
import { declarationOf } from './commands/index.ts';
import type { TicketState } from './state.ts';
import { closeByTime } from './timed-changes.ts';
import type { Department, Priority } from './words.ts';

// The changes that commands make, for tests that move a ticket without its workflow.

interface Applied {
  input?: Record<string, string | number>;
  pinned?: Pinned | null;
  actorId?: number;
}

/** The change that a command makes. */
export const applied = (
  kind: CommandKind,
  state: TicketState,
  { changeId, now }: Moment,
  { input = {}, pinned = null, actorId = 0 }: Applied = {},
): Change => declarationOf(kind).apply({ state, pinned, actorId }, input, { changeId, now });

export const opened = (
  state: TicketState,
  input: { priority: Priority; department: Department },
  pinned: Pinned | null,
  changeId: string,
  now: number,
): Change => applied('open', state, { changeId, now }, { input, pinned });
export const routed = (state: TicketState, pinned: Pinned, changeId: string, now: number): Change =>
  applied('route', state, { changeId, now }, { input: { workflowVersionId: pinned.workflowVersionId }, pinned });
export const acted = (state: TicketState, pinned: Pinned, transition: string, changeId: string, now: number): Change =>
  applied('act', state, { changeId, now }, { input: { transition }, pinned });
export const taken = (state: TicketState, actorId: number, changeId: string): Change =>
  applied('take', state, { changeId, now: 0 }, { actorId });
export const rejected = (state: TicketState, changeId: string): Change =>
  applied('reject', state, { changeId, now: 0 });
export const withdrawn = (state: TicketState, changeId: string): Change =>
  applied('withdraw', state, { changeId, now: 0 });
export const closed = (state: TicketState, by: 'requester' | 'time', changeId: string): Change =>
  by === 'time' ? closeByTime(state) : applied('close', state, { changeId, now: 0 });
