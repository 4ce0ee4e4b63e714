import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';

/**
 * The single timer of a workflow, for all its deadlines. With a timer for each deadline, every command would cancel one and
 * start the next. Deadlines mostly move later, so we keep a timer that fires too early and set it again then.
 */
export class DeadlineTimer {
  #ringsAt = Number.POSITIVE_INFINITY;
  #timer = new CancellationScope();

  /** Waits until the deadline (milliseconds since 1970), or until something else wakes the workflow. */
  async waitUntil(deadline: number, awake: () => boolean): Promise<void> {
    while (!awake() && Date.now() < deadline) {
      if (this.#ringsAt > deadline) this.#set(deadline);
      await condition(() => awake() || this.#ringsAt > deadline);
    }
  }

  #set(ringsAt: number): void {
    this.#timer.cancel();
    const timer = new CancellationScope();
    const ring = async () => {
      await sleep(ringsAt - Date.now(), { summary: 'Wait for the deadline' });
      this.#ringsAt = Number.POSITIVE_INFINITY;
    };
    this.#ringsAt = ringsAt;
    this.#timer = timer;
    timer.run(ring).catch((error: unknown) => {
      // When the whole workflow is cancelled, its own wait throws as well.
      if (!isCancellation(error)) throw error;
    });
  }
}
