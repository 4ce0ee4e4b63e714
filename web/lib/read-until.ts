const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Reads again until the answer includes what a command changed. Returns the last answer when that takes too long. */
export const readUntil = async <View extends { version: number }>(
  read: () => Promise<View>,
  version: number,
  tries = 12,
): Promise<View> => {
  let view = await read();
  for (let left = tries; view.version < version && left > 1; left -= 1) {
    await pause(250);
    view = await read();
  }
  return view;
};
