import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';

/** What a page begins behind: the last row of the one before. */
export type Cursor = string | number;

/**
 * Does a page of some work, and answers where the next one begins; null behind the last. The first begins without a cursor.
 * What takes long calls `alive` between its parts.
 */
export type Page = (after: Cursor | undefined, alive: () => void) => Promise<Cursor | null>;

interface Progress {
  /** Which of the works is under way, and how far. */
  place: number;
  after?: Cursor;
}

const progressOf = (details: unknown): Progress => {
  const isProgress = typeof details === 'object' && details !== null && 'place' in details;
  return isProgress ? (details as Progress) : { place: 0 };
};

/** Does each work page by page, one after the other. Where a worker died in between, the next one goes on from there. */
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
