import { randomBytes } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { queryOnce } from '../../../dev/postgres-address.ts';
import { searchWordsOf } from '../../auth/search-words.ts';
import { searchTextOf, wordsOf } from '../../helpdesk/search/search-text.ts';
import { openDatabase } from '../orm.ts';

// A database of the release before: all its tickets and people are found as those of this release.

const name = `test_${randomBytes(6).toString('hex')}`;
let orm: MikroORM;
beforeAll(async () => {
  await queryOnce(inject('adminDatabaseUrl'), `create database ${name} owner app`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  orm = await openDatabase({ url: url.href, pool: 2, limits: false });
  await orm.migrator.up({ to: '0020-commands' });
});
afterAll(async () => {
  await orm.close();
  await queryOnce(inject('adminDatabaseUrl'), `drop database if exists ${name} with (force)`);
});

const query = <Row>(sql: string, values: unknown[] = []) => orm.em.fork().execute<Row[]>(sql, values);

// More than one batch of each.
const tickets = 1_003;
const people = 1_001;

test('search texts are written again for every ticket and every person', async () => {
  await query(
    `insert into helpdesk.ticket (number, requester_id, requester_name, idempotency_key, submission_hash, category, sub_category,
       subject, description, form, status, step_names, submitted_at, changed_at)
     select 'TX20260101' || lpad(n::text, 6, '0'), 1, 'Somebody', n::text, '', 'asset_check_in', 'Laptop', 'Überprüfung ' || n,
       'Der Lüfter läuft “laut”', '{"serial": "DL-2024-001", "issueType": "Not Functioning"}', 'new', '[]', now(), now()
     from generate_series(1, ?::int) n`,
    [tickets],
  );
  await query(`insert into helpdesk.ticket_text (number, words) select number, lower(subject) from helpdesk.ticket`);
  await query(`insert into helpdesk.word (word) values ('überprüfung')`);
  await query(
    `insert into auth."user" (email, username, first_name, last_name, status)
     select 'zoe' || n || '@example.com', 'zoe' || n, 'Zoë', 'O’Neil ' || n, 'approved' from generate_series(1, ?::int) n`,
    [people],
  );

  await orm.migrator.up({ to: '0028-search-rows' });

  const texts = await query<{ number: string; head: string; words: string }>(
    'select number, head, words from helpdesk.ticket_text order by number',
  );
  const written = (n: number) => ({
    ...{ number: `TX20260101${String(n).padStart(6, '0')}`, subject: `Überprüfung ${n}`, subCategory: 'Laptop' },
    ...{ description: 'Der Lüfter läuft “laut”', form: { serial: 'DL-2024-001', issueType: 'Not Functioning' } },
  });
  expect(texts).toEqual(
    Array.from({ length: tickets }, (_, index) => written(index + 1)).map((ticket) => ({
      number: ticket.number,
      ...searchTextOf(ticket),
    })),
  );
  const words = await query<{ word: string }>('select word from helpdesk.word order by word collate "C"');
  expect(words.map(({ word }) => word)).toEqual(wordsOf(written(1)));
  const accounts = await query<{ email: string; words: string }>(
    'select email, search_words as words from auth."user" order by id',
  );
  expect(accounts).toHaveLength(people);
  for (const { email, words: found } of accounts.slice(-2))
    expect(found).toBe(
      searchWordsOf({ firstName: 'Zoë', lastName: `O’Neil ${email.match(/\d+/)?.[0]}`, suffix: null, email }),
    );
});
