import { condition, defineSignal, log, setHandler } from '@temporalio/workflow';

export async function endless(): Promise<void> {
  for (;;);
}

export async function endlessInPromises(): Promise<void> {
  for (;;) await null;
}

export async function ends(): Promise<string> {
  await null;
  return 'ended';
}

/** Does a first task, and never pauses in that of the signal. */
export async function endlessLater(): Promise<void> {
  setHandler(defineSignal('begin'), () => {
    for (;;);
  });
  await condition(() => false);
}

/** Says a word in each of its tasks. */
export async function talks(): Promise<void> {
  let words = 0;
  setHandler(defineSignal('talk'), () => {
    words += 1;
    log.warn(`word ${words}`);
  });
  log.warn('first word');
  await condition(() => words === 2);
}
