import { defineQuery, defineSignal } from '@temporalio/workflow';

/** What a look at both sides has found and done. */
export interface Tally {
  /** Tickets, mails and copies of auth's facts that were compared. */
  checked: number;
  /** Workflows that were not there, or behind their row, and were started again. */
  restarted: number;
  /** Tickets of which PostgreSQL had lost changes, and which took the state of their workflow. */
  caughtUp: number;
  /** Workflows that were ended, because PostgreSQL knows nothing of what they are about. */
  ended: number;
  /** Tickets whose step was in the wrong hands and whose workflow was signalled. */
  hinted: number;
  /** What nobody but an admin can put right; each has its line in the worker's log. */
  unresolved: number;
}

export const nothing: Tally = { checked: 0, restarted: 0, caughtUp: 0, ended: 0, hinted: 0, unresolved: 0 };

export interface ReconcileSettings {
  /** From the end of one look to the next. */
  seconds: number;
}

/** A page of tickets, and which of them do not agree. */
export interface ComparedTickets {
  checked: number;
  /** To be settled now. */
  suspects: string[];
  /**
   * Where the workflow may just be about to hear of its last step, each as its ticket and the version that the workflow knows:
   * only what is the same at the next look has stopped.
   */
  lagging: { number: string; seen: string }[];
  /** The number with which the next page begins; null after the last one. */
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
 * Changes with the code of this workflow. It never ends, and remembers nothing that its next look would not find out: so a
 * new release does not go on with the run of an older one, by `patched`, but the API ends that run and starts its own.
 */
export const reconcileVersion = '2';
/** Where a run bears it. */
export const versionMemo = 'version';

/** For operators and tests: how many looks this workflow has made, and what the last one found. */
export const tallyQuery = defineQuery<{ looks: number; last: Tally }>('tally');

/** Asks for a look at once; sent by each API process that starts. */
export const lookNow = defineSignal<[ReconcileSettings]>('lookNow');
