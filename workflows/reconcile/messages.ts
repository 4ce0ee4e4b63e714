import { defineQuery, defineSignal } from '@temporalio/workflow';

/** What one check found and did. */
export interface Tally {
  /** Tickets, mails and copies of auth's facts that were compared. */
  checked: number;
  /** Workflows that were lost or behind their row and were started again. */
  restarted: number;
  /** Tickets whose rows were behind and took their workflow's state. */
  caughtUp: number;
  /** Workflows that were ended because PostgreSQL has no row for them. */
  ended: number;
  /** Tickets whose workflow was signalled because the step needs another assignee. */
  hinted: number;
  /** Differences that only an admin can resolve; each is in the worker's log. */
  unresolved: number;
}

export const nothing: Tally = { checked: 0, restarted: 0, caughtUp: 0, ended: 0, hinted: 0, unresolved: 0 };

export interface ReconcileSettings {
  /** Seconds from the end of one check to the next. */
  seconds: number;
}

/** A page of compared tickets, and the ones that differ. */
export interface ComparedTickets {
  checked: number;
  /** To be repaired now. */
  suspects: string[];
  /**
   * Tickets whose workflow may only be a moment behind, each with the versions seen. Only those unchanged at the next check
   * are stuck.
   */
  lagging: { number: string; seen: string }[];
  /** The first number of the next page; null after the last one. */
  next: string | null;
}

/** A page of tickets whose workflows were signalled. */
export interface HintedTickets {
  hinted: number;
  /** The ticket after which the next page begins; null after the last one. */
  next: string | null;
}

export interface Compared {
  checked: number;
  restarted: number;
  unresolved: number;
  /** The id after which the next page begins; null after the last one. */
  next: number | null;
}

/**
 * Raise this when the code of this workflow changes. The workflow never ends, but it holds nothing that its next check would
 * not find again. So instead of `patched`, the API ends the run of an older release and starts a new one.
 */
export const reconcileVersion = '2';
/** The memo field that holds it. */
export const versionMemo = 'version';

/** For operators and tests: the number of checks so far, and the result of the last one. */
export const tallyQuery = defineQuery<{ looks: number; last: Tally }>('tally');

/** Requests a check now; each API process sends it when it starts. */
export const lookNow = defineSignal<[ReconcileSettings]>('lookNow');
