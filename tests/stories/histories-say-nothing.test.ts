import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailServer, openMailServer } from '../../api/notification/mail-server.fixture.ts';
import { act, laptopForm, makeWorld, review, submit, type World } from '../factories.ts';
import { startSystem, type TestSystem } from '../system.ts';
import { until } from '../until.ts';

// Histories can be read by everybody with access to Temporal, and cannot be changed. So they have no text of people, no
// address, and nothing that a mail server or PostgreSQL says, which may quote either.

const secrets = {
  subject: 'Laptop for Zanzibar',
  description: 'It is for Quillfeather, who starts on Monday.',
  note: 'Xylophone agreed to it.',
  mailServer: 'No mailbox marmalade@example.com here',
  database: 'Pumpernickel is quoted',
};
const telling = /zanzibar|quillfeather|xylophone|marmalade|pumpernickel|@example\.com/i;

let server: MailServer;
let system: TestSystem;
let world: World;

beforeAll(async () => {
  server = await openMailServer();
  server.words = secrets.mailServer;
  system = await startSystem({ SMTP_URL: server.url });
  world = await makeWorld(system);
});
afterAll(async () => {
  await system?.close();
  await server?.close();
});

const em = () => system.context.orm.em.fork();

/** Lets PostgreSQL fail the next updates of a table, with a message that quotes. */
const failNextUpdates = (table: string, when: string, name: string, times: number) =>
  em().execute(`
    create sequence ${name};
    create function ${name}() returns trigger language plpgsql as $$
      begin
        if nextval('${name}') <= ${times} then raise exception '${secrets.database} %', new; end if;
        return new;
      end $$;
    create trigger ${name} before update on ${table} for each row when (${when})
      execute function ${name}();`);

const textOf = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) =>
    key === 'data' && inner instanceof Uint8Array ? Buffer.from(inner).toString() : inner,
  );

/** Each is sent or given up. */
const allMailsAreOut = () =>
  until(async () => {
    const states = await em().execute('select state from notification.mail');
    return states.length > 0 && states.every(({ state }) => state === 'sent' || state === 'failed');
  });

/** The text of each workflow's history, by its id. */
const histories = async (): Promise<Map<string, string>> => {
  const { workflow } = system.context.temporal;
  const found = new Map<string, string>();
  for await (const { workflowId, runId } of workflow.list())
    found.set(workflowId, textOf(await workflow.getHandle(workflowId, runId).fetchHistory()));
  return found;
};

test('no history has a text of people, an address, or what a mail server or PostgreSQL said', async () => {
  server.readerRefusals = [550, 451, 451];
  await failNextUpdates('helpdesk.ticket', 'true', 'ticket_fails', 2);
  const { subject, description } = secrets;
  const number = await submit(world.employee, { ...laptopForm, subject, description });
  expect((await review(world.coordinator, number, 'open', { priority: 'high', department: 'asset' })).status).toBe(200);
  await allMailsAreOut();
  await failNextUpdates('notification.mail', `new.state = 'sending'`, 'mail_fails', 2);
  expect((await act(world.admin, number, 'submit', secrets.note)).status).toBe(200);
  await until(async () => (await em().execute('select 1 from notification.mail')).length > 2);
  await allMailsAreOut();
  const found = await until(async () => {
    const all = await histories();
    return all.has(`ticket:${number}`) && [...all.keys()].some((id) => id.startsWith('notification')) && all;
  });
  const said = [...found].flatMap(([id, text]) =>
    [...text.matchAll(new RegExp(telling, 'gi'))].map(([hit]) => [id, hit]),
  );
  expect(said).toEqual([]);
  // What went wrong is in them, in our own words.
  const all = [...found.values()].join('\n');
  expect(all).toContain('SMTP 451');
  expect(all).toContain("The worker's log has the text.");
});
