import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

export const touch = defineUpdate<void>('touch');

/** Runs for ever and does nothing, to measure the least that an update of any workflow costs. */
export async function bare(): Promise<void> {
  setHandler(touch, () => undefined);
  await condition(() => false);
}
