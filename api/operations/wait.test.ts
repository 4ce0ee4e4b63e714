import { expect, test } from 'vitest';
import { waitUntilThere } from './wait.ts';

/** What a program says that looks again and again and finds this. */
const saidWhen = async (found: (string | null)[]): Promise<string[]> => {
  const said: string[] = [];
  const say = (text: string): void => {
    said.push(text);
  };
  const look = async (): Promise<string | null> => found.shift() ?? null;
  await waitUntilThere({ warn: say, info: say } as never, look, 0);
  expect(found).toEqual([]);
  return said;
};

test('nothing is said of what is there', async () => {
  expect(await saidWhen([null])).toEqual([]);
});

test('what is missing is said once, however often it is looked for', async () => {
  expect(await saidWhen(['It is away.', 'It is away.', 'It is away.', 'It starts.', null])).toEqual([
    'It is away. Waiting for it.',
    'It starts. Waiting for it.',
    'it is there now, going on',
  ]);
});
