import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, readDatabaseConfig, readStackConfig, readTemporalConfig } from './config.ts';

const needed = { DATABASE_URL: 'postgresql://tickets@localhost/tickets' };

describe('the configuration', () => {
  test('names every setting that is missing or wrong at once', () => {
    const read = () => readConfig({ PORT: 'many', LOG_LEVEL: 'loud' });
    expect(read).toThrow(ConfigError);
    for (const name of ['DATABASE_URL', 'PORT', 'LOG_LEVEL']) expect(read).toThrow(name);
  });

  const lacks = (read: () => unknown, ...names: string[]) => {
    let message = '';
    try {
      read();
    } catch (error) {
      message = error instanceof ConfigError ? error.message : String(error);
    }
    expect([...message.matchAll(/(\w+) is missing/g)].map(([, name]) => name)).toEqual(names);
  };

  test('in production is guessed by no program; each needs what it uses', () => {
    const production = { NODE_ENV: 'production' };
    lacks(() => readConfig(production), 'DATABASE_URL', 'PUBLIC_URL');
    lacks(() => readConfig(production, ['PUBLIC_URL', 'SMTP_URL']), 'DATABASE_URL', 'PUBLIC_URL', 'SMTP_URL');
    lacks(() => readDatabaseConfig(production), 'DATABASE_URL');
    lacks(() => readStackConfig(production, ['PUBLIC_URL']), 'PUBLIC_URL');
    lacks(() => readTemporalConfig(production));
    lacks(() => readConfig(needed));
  });

  test.each([readConfig, readDatabaseConfig, readTemporalConfig, readStackConfig])(
    'in production behind plain http is refused by every program, also by one that does not need the address: %o',
    (read) => {
      const open = { ...needed, NODE_ENV: 'production', PUBLIC_URL: 'http://tickets.example.com' };
      expect(() => read(open)).toThrow(/^The environment is not complete: PUBLIC_URL must start with https:[^\n]*\.$/);
    },
  );

  test('takes an empty variable for one that is not set', () => {
    expect(readConfig({ ...needed, PORT: '' }).PORT).toBe(8000);
  });

  test.each([
    ['development', 'http://localhost:8000'],
    ['development', 'http://127.0.0.1:8000'],
    ['production', 'https://tickets.example.com'],
  ])('in %s people may type %s', (NODE_ENV, PUBLIC_URL) => {
    expect(readConfig({ ...needed, NODE_ENV, PUBLIC_URL }).PUBLIC_URL).toBe(PUBLIC_URL);
  });

  test.each([
    ['development', 'http://tickets.example.com'],
    ['production', 'http://localhost:8000'],
  ])('in %s an open %s is refused', (NODE_ENV, PUBLIC_URL) => {
    expect(() => readConfig({ ...needed, NODE_ENV, PUBLIC_URL })).toThrow(/PUBLIC_URL must start with https/);
  });

  test('splits the queues of a worker, and refuses one that does not exist', () => {
    expect(readConfig({ ...needed, WORKER_QUEUES: 'helpdesk, notification' }).WORKER_QUEUES).toEqual([
      'helpdesk',
      'notification',
    ]);
    expect(() => readConfig({ ...needed, WORKER_QUEUES: 'somewhere' })).toThrow('WORKER_QUEUES');
  });

  test('believes no proxy unless one is named, by address or network', () => {
    expect(readConfig(needed).TRUSTED_PROXY).toEqual([]);
    expect(readConfig({ ...needed, TRUSTED_PROXY: '127.0.0.1, ::1,10.0.0.0/8' }).TRUSTED_PROXY).toEqual([
      '127.0.0.1',
      '::1',
      '10.0.0.0/8',
    ]);
    for (const wrong of ['proxy', '10.0.0.0/33', 'true', '1'])
      expect(() => readConfig({ ...needed, TRUSTED_PROXY: wrong }), wrong).toThrow('TRUSTED_PROXY');
  });

  test.each(['0x1F90', '8e3', '+8000', ' 8000', '08000'])('refuses the port %s', (PORT) => {
    expect(() => readConfig({ ...needed, PORT })).toThrow('PORT');
  });

  test('limits one person to 30 submissions, 120 searches and 120 commands in a minute', () => {
    expect(readConfig(needed)).toMatchObject({
      ...{ SUBMISSIONS_PER_MINUTE: 30, SEARCHES_PER_MINUTE: 120, COMMANDS_PER_MINUTE: 120 },
    });
    expect(() => readConfig({ ...needed, SEARCHES_PER_MINUTE: '0' })).toThrow('SEARCHES_PER_MINUTE');
  });

  test.each([
    ['Help Desk <helpdesk@example.com>', true],
    ['helpdesk@example.com', true],
    ['Help Desk', false],
    ['Help Desk <helpdesk>', false],
  ])('the sender %s is an address: %s', (MAIL_FROM, isAddress) => {
    const reading = () => readConfig({ ...needed, MAIL_FROM });
    if (isAddress) expect(reading().MAIL_FROM).toBe(MAIL_FROM);
    else expect(reading).toThrow('MAIL_FROM is wrong (an address such as');
  });

  test('leaves the release of a build to a person, unless it is told otherwise', () => {
    expect(readConfig(needed).WORKER_MAKE_CURRENT).toBe(false);
    expect(readConfig({ ...needed, WORKER_MAKE_CURRENT: 'true' }).WORKER_MAKE_CURRENT).toBe(true);
    expect(() => readConfig({ ...needed, WORKER_MAKE_CURRENT: 'perhaps' })).toThrow('WORKER_MAKE_CURRENT');
  });

  test('starts one worker, or as many as it is told to', () => {
    expect(readStackConfig({}).WORKERS).toBe(1);
    expect(readStackConfig({ WORKERS: '3' }).WORKERS).toBe(3);
    expect(() => readStackConfig({ WORKERS: '0' })).toThrow('WORKERS');
  });
});
