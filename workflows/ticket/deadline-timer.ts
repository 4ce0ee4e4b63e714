import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';

/**
 * The one timer of a workflow, which wakes it for its deadlines. With a timer for each deadline, every command would cancel
 * one and start the next; deadlines mostly move later, so a timer that rings too early is kept, and set again then.
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
      await sleep(ringsAt - Date.now(), { summary: 'Looks whether the time is over' });
      this.#ringsAt = Number.POSITIVE_INFINITY;
    };
    this.#ringsAt = ringsAt;
    this.#timer = timer;
    timer.run(ring).catch((error: unknown) => {
      // The workflow that is cancelled as a whole hears of it where it waits.
      if (!isCancellation(error)) throw error;
    });
  }
}
