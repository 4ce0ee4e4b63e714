import type { Client } from 'pg';
import { type ColumnFact, copyColumns, copySources } from './fill-columns.ts';
import { wording } from './wording.ts';

// Fills the database with copies of the seeded tickets, which real workflows have processed: timeline, task, visits, notes,
// notifications and mails are as the product wrote them. Only times, people and texts differ.

/** Copies per statement; with more, the sort would spill to disk. */
const chunk = 5_000;
const sources = `
  create temp table exemplar as
    select number, requester_id, submitted_at, ending, row_number() over w - 1 as place, count(*) over (w rows between
      unbounded preceding and unbounded following) as of
    from (select number, requester_id, submitted_at,
        case when status in ('closed', 'rejected', 'withdrawn') then status else 'none' end as ending
      from helpdesk.ticket) t
    window w as (partition by ending order by number);
  create temp table requester as
    select user_id, name, row_number() over (order by user_id) - 1 as place, count(*) over () as of
    from helpdesk.person where is_employee and active;
  create temp table wording (place int primary key, subject text, description text, of int)`;

// As in an old system, one ticket in ten is open and most others were closed. Tickets are ten minutes apart, and the newest
// is a day old. Hashes of n choose everything, so that n gives the same ticket in every run.
const planOfCopies = `
  create temp table copy as
    select n, e.number as old, 'TX' || to_char(at, 'YYYYMMDD') || lpad((n % 1000000)::text, 6, '0') as new,
      at - e.submitted_at as shift, e.requester_id as old_requester, r.user_id as requester_id, r.name as requester_name,
      w.subject || ' ' || chr(65 + n % 26) || chr(65 + n / 26 % 26) || '-' || 10000 + hash(n, 4) % 90000 as subject,
      split_part(w.description, '. ', 1) || '. ' || split_part(v.description, '. ', 2) as description
    from (select n, now() - interval '1 day' - ({newest} - n) * interval '10 minutes' as at,
        case when hash(n, 0) % 20 < 2 then 'none' when hash(n, 0) % 20 = 2 then 'rejected'
          when hash(n, 0) % 20 = 3 then 'withdrawn' else 'closed' end as ending
      from generate_series({from}, {to}) n) x
    join exemplar e on e.ending = x.ending and e.place = hash(n, 1) % e.of
    join requester r on r.place = hash(n, 2) % r.of
    join wording w on w.place = hash(n, 3) % w.of
    join wording v on v.place = hash(n, 5) % v.of`.replaceAll(/hash\((\w+), (\d)\)/g, 'abs(hashint4($1 + $2)::bigint)');

const addMails = `
  insert into notification.mail (notification_id, state, message_id, attempts, sent_at)
    select id, 'sent', '<notification-' || id || '@helpdesk.example.com>', 1, created_at + interval '2 seconds'
    from notification.notification where id > $1`;

const addWords = `
  insert into helpdesk.word (word)
    select distinct w from copy, regexp_split_to_table(lower(subject || ' ' || description), '[^[:alpha:]]+') as w
    where length(w) >= 4 on conflict do nothing`;

export interface Fill {
  /** Adds tickets up to this number. */
  upTo(size: number): Promise<void>;
}

const columnsOf = async (database: Client, table: string): Promise<ColumnFact[]> => {
  const [schema, name] = table.split('.');
  const { rows } = await database.query<ColumnFact>(
    `select column_name as name, data_type as type, is_generated = 'ALWAYS' as generated,
       coalesce(column_default like 'nextval%', false) as serial
     from information_schema.columns where table_schema = $1 and table_name = $2 order by ordinal_position`,
    [schema, name],
  );
  return rows;
};

const copyStatements = async (database: Client): Promise<string[]> => {
  const statements: string[] = [];
  for (const { table, key } of copySources) {
    const { names, expressions } = copyColumns(await columnsOf(database, table), key);
    statements.push(
      `insert into ${table} (${names.join(', ')}) select ${expressions.join(', ')}
       from copy c join ${table} s on s.${key} = c.old order by c.n`,
    );
  }
  return statements;
};

const countOf = async (database: Client, sql: string): Promise<number> =>
  Number((await database.query<{ value: string }>(`select ${sql} as value`)).rows[0]?.value ?? 0);

export const prepareFill = async (database: Client, newest: number): Promise<Fill> => {
  await database.query(sources);
  const words = wording();
  await database.query(
    `insert into wording select row_number() over () - 1, subject, description, $3
     from unnest($1::text[], $2::text[]) as w (subject, description)`,
    [words.map((word) => word.subject), words.map((word) => word.description), words.length],
  );
  await database.query(`set synchronous_commit = off; set work_mem = '64MB'; analyze exemplar, requester, wording`);
  const copies = await copyStatements(database);
  const seeded = await countOf(database, '(select count(*) from exemplar)');
  let filled = 0;

  const addCopies = async (from: number, to: number): Promise<void> => {
    await database.query('drop table if exists copy');
    const plan = Object.entries({ newest, from, to });
    await database.query(plan.reduce((sql, [name, value]) => sql.replace(`{${name}}`, String(value)), planOfCopies));
    const lastNotification = await countOf(database, '(select coalesce(max(id), 0) from notification.notification)');
    for (const statement of copies) await database.query(statement);
    await database.query(addMails, [lastNotification]);
    await database.query(addWords);
  };

  return {
    async upTo(size) {
      const wanted = Math.max(filled, size - seeded);
      for (let from = filled + 1; from <= wanted; from += chunk)
        await addCopies(from, Math.min(from + chunk - 1, wanted));
      filled = wanted;
      await database.query(
        `vacuum (analyze) ${copySources.map(({ table }) => table).join(', ')}, notification.mail, helpdesk.word`,
      );
    },
  };
};
