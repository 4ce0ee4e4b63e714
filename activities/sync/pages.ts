import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';

/** The last row of the previous page. */
export type Cursor = string | number;

/**
 * Does one page of work and returns the cursor for the next one; null after the last. The first page has no cursor. A slow
 * page calls `alive` from time to time.
 */
export type Page = (after: Cursor | undefined, alive: () => void) => Promise<Cursor | null>;

interface Progress {
  /** The index of the current work; `after` is its progress. */
  place: number;
  after?: Cursor;
}

const progressOf = (details: unknown): Progress => {
  const isProgress = typeof details === 'object' && details !== null && 'place' in details;
  return isProgress ? (details as Progress) : { place: 0 };
};

/** Does each work page by page, one after the other. When a worker dies, the next one continues from its last heartbeat. */
export const doInPages = async (works: readonly Page[]): Promise<void> => {
  let progress = progressOf(activityInfo().heartbeatDetails);
  const alive = (): void => heartbeat(progress);
  for (let work = works[progress.place]; work; work = works[progress.place]) {
    cancellationSignal().throwIfAborted();
    const next = await work(progress.after, alive);
    progress = next === null ? { place: progress.place + 1 } : { place: progress.place, after: next };
    alive();
  }
};
