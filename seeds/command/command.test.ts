import { describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { createTemporalClient } from '../../api/temporal/client.ts';
import { freshNamespace } from '../../tests/stack.ts';
import { requireConsent } from './flush.ts';
import { parseRequest } from './program.ts';
import { runSeed } from './run.fixture.ts';
import { jsonScreen, plainScreen, reportLines } from './screen.ts';

const parse = (line: string) => parseRequest(line.split(' '));

describe('the command line', () => {
  test.each([
    ['seed_systems', 'systems'],
    ['seed_tts', 'tts'],
    ['seed_hdts', 'hdts'],
    ['seed_employees', 'employees'],
    ['seed_role', 'roles'],
    ['seed_workflows2', 'workflows'],
    ['seed_workflows', 'workflows'],
    ['seed_tickets', 'tickets'],
    ['seed_tickets_open', 'tickets_open'],
    ['seed_all', 'all'],
    ['hdts-employees', 'hdts_employees'],
    ['tickets-open', 'tickets_open'],
    ['base', 'base'],
  ])('takes %s for %s', (typed, command) => {
    expect(parse(typed)).toMatchObject({ command, output: 'text', yes: false });
  });

  test('reads the options of each command', () => {
    expect(parse('hdts-employees --count 150 -o json')).toMatchObject({ args: { count: 150 }, output: 'json' });
    expect(parse('tickets --count 5 --seed 7')).toMatchObject({ args: { count: 5, seed: 7 } });
    expect(parse('all --flush --yes --people 15')).toMatchObject({ args: { flush: true, people: 15 }, yes: true });
  });

  test.each([
    [['tickts'], 'Did you mean tickets?'],
    [['tickets', '--cuont', '5'], 'Did you mean --count?'],
    [['tickets', '--count', '0'], 'Give a whole number from 1 to 5000.'],
    [['systems', '--count', '3'], "unknown option '--count'"],
    [['systems', '-o', 'xml'], 'Allowed choices are text, json.'],
  ])('refuses %j', (argv, words) => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(() => parseRequest(argv)).toThrow();
    expect(stderr.mock.calls.flat().join('')).toContain(words);
    stderr.mockRestore();
  });
});

describe('a flush', () => {
  const answering = (answer: string) => ({ isTerminal: true, ask: async () => answer });

  test('goes on after a yes, on the terminal or in the command', async () => {
    await expect(requireConsent({ yes: false, production: false }, answering(' Yes '))).resolves.toBeUndefined();
    const nobody = { isTerminal: false, ask: () => Promise.reject(new Error('Nobody is there')) };
    await expect(requireConsent({ yes: true, production: false }, nobody)).resolves.toBeUndefined();
  });

  test('deletes nothing after any other answer', async () => {
    await expect(requireConsent({ yes: false, production: false }, answering('y'))).rejects.toThrow(
      'Nothing was deleted.',
    );
  });

  test('without a terminal is refused unless --yes is given, before any call to Temporal', async () => {
    const { code, stderr } = await runSeed(['all', '--flush']);
    expect(stderr).toContain('Add --yes if you mean it.');
    expect(code).toBe(1);
  });

  test('is refused in production, even with --yes', async () => {
    const { code, stdout } = await runSeed(['all', '--flush', '--yes', '-o', 'json'], { NODE_ENV: 'production' });
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('NODE_ENV is production'),
    });
    expect(code).toBe(1);
  });
});

describe('the command', () => {
  test('says that there is no worker, and starts nothing', async () => {
    const settings = { TEMPORAL_ADDRESS: inject('temporalAddress'), TEMPORAL_NAMESPACE: await freshNamespace() };
    const { code, stderr } = await runSeed(['systems'], settings);
    expect(stderr).toContain('No worker polls the task queue workflow and helpdesk');
    expect(stderr).toContain('npm start');
    expect(code).toBe(1);
    const client = createTemporalClient(settings);
    onTestFinished(() => client.connection.close());
    await expect(client.workflow.getHandle('seed:systems').describe()).rejects.toThrow('not found');
  });

  test('reaches a Temporal on this machine past the proxies of the environment', async () => {
    const settings = { TEMPORAL_ADDRESS: inject('temporalAddress'), TEMPORAL_NAMESPACE: await freshNamespace() };
    const nowhere = 'http://127.0.0.1:9';
    const proxies = { grpc_proxy: nowhere, https_proxy: nowhere, http_proxy: nowhere };
    const { stderr } = await runSeed(['systems'], settings, proxies);
    expect(stderr).toContain('No worker polls the task queue workflow and helpdesk');
  });

  test('says that Temporal is down, and at which address', async () => {
    const { code, stdout, stderr } = await runSeed(['systems']);
    expect(stderr).toContain('Temporal does not answer at 127.0.0.1:9.');
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });
});

describe('the screen', () => {
  const report = {
    created: 3,
    existing: 1,
    phases: [
      { phase: 'Submitting tickets', created: 3, existing: 1 },
      { phase: 'Moving tickets', created: 0, existing: 0 },
    ],
    numbers: { first: 'TX20261123000001', last: 'TX20261123000003' },
    accounts: [],
  };

  test('says what was created and the ticket numbers', () => {
    expect(reportLines(report, 'seed:tickets')).toEqual([
      'Submitting tickets: 3 created, 1 there already',
      'Tickets TX20261123000001 to TX20261123000003',
      'Done: 3 created, 1 there already. Temporal Web shows it as seed:tickets.',
    ]);
  });

  test('names the accounts that the run created, and no other', () => {
    const created = { ...report, numbers: null, accounts: ['hdts.ticket_coordinator'] };
    const signIn = reportLines(created, 'seed:hdts').filter((line) => line.startsWith('Sign in'));
    expect(signIn).toEqual(['Sign in as Ticket Coordinator (hdts): alex.johnson@gmail.com / password123']);
    expect(reportLines({ ...created, accounts: [] }, 'seed:hdts').join('\n')).not.toContain('password123');
  });

  test('prints a line for each phase into a pipe', () => {
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    const screen = plainScreen(print, print);
    const progress = { phase: 'Submitting tickets', done: 0, total: 8, created: 0, existing: 0 };
    screen.progress(progress);
    screen.progress({ ...progress, done: 4 });
    screen.progress({ ...progress, done: 4, phase: 'Moving tickets' });
    expect(lines).toEqual(['[0/8] Submitting tickets', '[4/8] Moving tickets']);
  });

  test('prints only the JSON object', () => {
    const lines: string[] = [];
    const screen = jsonScreen('tickets', (line) => lines.push(line));
    screen.say('No worker answers.');
    screen.failed('Role does not exist: Admin', 'seed:tickets');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { command: 'tickets', workflowId: 'seed:tickets', status: 'failed', error: 'Role does not exist: Admin' },
    ]);
  });
});
