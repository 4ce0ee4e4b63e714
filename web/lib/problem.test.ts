import { describe, expect, test } from 'vitest';
import { isProblem, noAnswer, problemOf, sentenceOf } from './problem.ts';

const refusal = (body: unknown, status: number): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });

describe('an answer that is a refusal', () => {
  test('keeps its code, its sentence, its number and its fields', async () => {
    const problem = await problemOf(
      refusal(
        {
          code: 'invalid_input',
          title: 'The input is not right',
          detail: 'subject: Use at least 5 characters.',
          requestId: '7f3a',
          errors: [
            { path: 'subject', message: 'Use at least 5 characters.' },
            { path: 'items.0.description', message: 'Fill this in.' },
          ],
        },
        400,
      ),
    );
    expect(isProblem(problem, 'invalid_input')).toBe(true);
    expect(problem).toMatchObject({ status: 400, requestId: '7f3a', message: 'subject: Use at least 5 characters.' });
    expect(problem.errors.map((error) => error.path)).toEqual([['subject'], ['items', 0, 'description']]);
  });

  test('without a body of its own still says what it was', async () => {
    const problem = await problemOf(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    expect(problem).toMatchObject({ status: 502, code: 'unknown', changes: [], errors: [] });
    expect(sentenceOf(problem)).toBe('The server answered with 502.');
  });
});

test('no answer at all is a problem too', () => {
  expect(sentenceOf(noAnswer(new TypeError('fetch failed')))).toBe('The server did not answer.');
});

test('a fault of the page itself shows no inner words', () => {
  expect(sentenceOf(new TypeError('x is undefined'))).toBe('Something failed in this page. Load it again.');
});
