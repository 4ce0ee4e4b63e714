import { beforeAll, describe, expect, test } from 'vitest';
import { installQuietRuntime, workflowCode } from '../workflows/bench.fixture.ts';
import { type Divergence, divergent, type StoredHistory, storedHistories, textOf } from './replay.ts';

// A workflow runs for weeks, and new releases must continue it where the old code was. tests/histories/record.ts recorded
// the histories and says when to record again.

let code: string;
let histories: StoredHistory[];
beforeAll(async () => {
  installQuietRuntime();
  ({ code } = await workflowCode());
  histories = await storedHistories();
});

test('every stored history replays with the current code', async () => {
  expect(histories.map(({ name }) => name)).toEqual([
    'delivery-given-up',
    'delivery-sent',
    'mail-given-up',
    'reconcile',
    'seed-base',
    'seed-workflows',
    'sync-employee',
    'sync-role',
    'sync-user-system-role',
    'sync-user',
    'ticket-auto-closed',
    'ticket-caught-up',
    'ticket-full-story',
    'ticket-in-words',
    'ticket-members-changed',
    'ticket-rejected',
    'ticket-resumed',
    'ticket-unrouted',
    'ticket-withdrawn',
  ]);
  expect(await divergent(code, histories)).toEqual([]);
});

interface Mutant {
  fault: string;
  /** The code to change in the bundle; it must match exactly once. */
  from: RegExp;
  to: string;
  breaks: string[];
  error?: Divergence['error'];
}

const sdk = '_temporalio_workflow__WEBPACK_IMPORTED_MODULE_0__';

const mutants: Mutant[] = [
  {
    fault: 'an activity has another name',
    from: /named\(run, 'recordChange'\)/g,
    to: 'local.writeChange',
    breaks: ['ticket-full-story', 'ticket-in-words', 'ticket-rejected', 'ticket-unrouted', 'ticket-withdrawn'],
  },
  {
    fault: 'the words for an activity change',
    from: /'Check who has the step'/g,
    to: "'Check the members'",
    breaks: ['ticket-in-words'],
  },
  {
    fault: 'a run that began without words for its activities has them now',
    from: /\(0,\w+\.patched\)\('activities-in-words'\)/g,
    to: 'true',
    breaks: ['ticket-auto-closed', 'ticket-full-story', 'ticket-members-changed', 'ticket-resumed', 'ticket-withdrawn'],
  },
  {
    fault: 'two activities have changed places',
    from: /if \(!await (\(0,\w+\.needsAssignee\))\(ticket, phase, barred\)\) return;([\s\S]*?another \$\{[^\n]*\}`\);)/g,
    to: '$2 await $1(ticket, phase, barred);',
    breaks: ['ticket-members-changed'],
    // The workflow gets the result of another activity and fails at once.
    error: 'ReplayError',
  },
  {
    fault: 'two seedings are swapped',
    from: /(\(0,\w+\.accountsPart\)\('hdts'\)),\s+(\(0,\w+\.employeesPart\)\(\)),\s+workflows\s+\]/g,
    to: '$2, $1, workflows]',
    breaks: ['seed-base'],
  },
  {
    fault: 'an activity is no longer local',
    from: /\.proxyLocalActivities\)\(\{(?=[^}]+initialInterval: '100 milliseconds')/g,
    to: '.proxyActivities)({',
    breaks: ['ticket-full-story', 'ticket-rejected'],
  },
  {
    fault: 'a timer is gone',
    from: /deadline === null \?/g,
    to: 'true ?',
    breaks: ['ticket-auto-closed', 'ticket-full-story', 'ticket-resumed', 'ticket-withdrawn'],
  },
  {
    fault: 'there is a new wait',
    from: /const stored = await /g,
    to: `await ${sdk}.sleep(1000); const stored = await `,
    breaks: ['ticket-full-story', 'ticket-rejected'],
  },
  {
    fault: 'the workflow takes another branch when a step is overdue',
    from: /\(0,(\w+)\.timeIsOver\)\(ticket\)/g,
    to: '(0,$1.findAssignee)(ticket)',
    breaks: ['ticket-auto-closed', 'ticket-resumed'],
  },
  {
    fault: 'Temporal Web is shown less',
    from: /changed\.length > 0\)/g,
    to: 'changed.length > 4)',
    breaks: ['ticket-full-story'],
  },
  {
    fault: 'waiting tickets get no signal',
    from: /const tellTickets = async \(numbers\)=>\{/g,
    to: 'const tellTickets = async () => { const numbers = [];',
    breaks: ['sync-user-system-role'],
  },
  {
    fault: 'a loop ends earlier',
    from: /workflows: 5/g,
    to: 'workflows: 4',
    breaks: ['seed-workflows'],
  },
  {
    fault: 'the reconciler compares the mails last',
    from: /(const mails = await allPages\(compareMails\);)\s*(const syncs = await allPages\(compareSyncs\);)/g,
    to: '$2 $1',
    breaks: ['reconcile'],
  },
  {
    fault: 'the reconciler no longer waits between its checks',
    from: /\(\)=>isCheckRequested, seconds \* 1000\)/g,
    to: '()=>true)',
    breaks: ['reconcile'],
  },
  {
    fault: 'a mail is given up without a note',
    from: /await giveUpNotice\(.*\);/g,
    to: '',
    breaks: ['delivery-given-up'],
  },
];

const mutated = ({ from, to }: Mutant): string => {
  if (code.match(from)?.length !== 1)
    throw new Error(`The workflow bundle must match ${from} exactly once. Adapt this test to the changed code.`);
  return code.replace(from, to);
};

describe('a release that would break running workflows is detected:', () => {
  test.each(mutants)('$fault', async (mutant) => {
    const { breaks, error = 'DeterminismViolationError' } = mutant;
    const found = await divergent(mutated(mutant), histories);
    expect(found).toEqual(expect.arrayContaining(breaks.map((name) => ({ name, error }))));
  });
});

// A mail address, a process on a machine, a path or a stack trace.
const tellTale = /[\w.]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}|"\d+@[^"]*|\/(home|root|tmp|Users)\/[^"]*|"stackTrace":"[^"]+/g;

test.each(['"identity":"12@machine"', '{"to":"sam@example.com"}', '"stackTrace":"Error: at x.ts"'])(
  'what must not be in a history is seen in %s',
  (text) => {
    expect(text).toMatch(tellTale);
  },
);

test('no history contains personal data or details of the machine that recorded it', () => {
  const found = histories.flatMap((history) =>
    [...textOf(history).matchAll(tellTale)].map(([hit]) => [history.name, hit]),
  );
  expect(found).toEqual([]);
});
