import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

export const touch = defineUpdate<void>('touch');

/** Lives for ever and does nothing: what an update of any workflow costs at least. */
export async function bare(): Promise<void> {
  setHandler(touch, () => undefined);
  await condition(() => false);
}
