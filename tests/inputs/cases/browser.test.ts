import { afterAll, beforeAll, expect, test } from 'vitest';
import { openActivities } from '../../../activities/notification/run.fixture.ts';
import { digestsOf } from '../../../api/notification/digest.ts';
import { fillMailBatch } from '../../../api/notification/mail-batches.service.ts';
import { Mail, Notification } from '../../../api/notification/notification.entity.ts';
import { startMailbox } from '../../../dev/mail.ts';
import { freePorts } from '../../../dev/ports.ts';
import { statuses } from '../../../workflows/ticket/rules/words.ts';
import type { Actor } from '../../factories.ts';
import { until } from '../../until.ts';
import { type BrowserWorld, openBell, openBrowserWorld, see } from './browser-world.ts';
import { type HostileWorld, hostile, makeHostileWorld, packed } from './hostile-world.ts';
import { payloads, templates } from './payloads.ts';

let place: BrowserWorld;
let world: HostileWorld;
const [first = '', second = ''] = payloads;

beforeAll(async () => {
  place = await openBrowserWorld();
  world = await makeHostileWorld(place.desk);
});
afterAll(() => place.close());

const everyStatus = statuses.join(',');
const echo = `<img src=x onerror=alert(9)>`;
const q = encodeURIComponent(echo);

/** What each kind of user opens, with a text that must be there. */
const walks = (): [as: Actor, pages: [path: string, text: string][]][] => [
  [
    world.employee,
    [
      ['/help', first],
      ['/help/tickets', second],
      [`/help/tickets?q=${q}`, echo],
      [`/help/tickets/${world.story}`, packed(150)[0] ?? ''],
      [`/help/tickets/${world.rejected}`, payloads.slice(0, 8).join(' ')],
      [`/help/tickets/${world.device}`, first],
      [`/help/tickets/${q}`, 'Help Desk'],
      [`/nowhere/${q}`, 'There is no page here'],
    ],
  ],
  [
    world.coordinator,
    [
      [`/review?status=${everyStatus}`, hostile[40] ?? ''],
      [`/review?q=${q}`, echo],
      [`/review/${world.story}?status=${everyStatus}`, packed(500)[1] ?? ''],
      [`/review/${world.device}`, first],
    ],
  ],
  [
    world.admin,
    [
      ['/desk', first],
      ['/desk/role', first],
      [`/desk?q=${q}`, echo],
      [`/desk/tickets/${world.story}`, packed(500)[1] ?? ''],
      ['/admin', first],
      ['/admin/tickets', hostile[30] ?? ''],
      ['/admin/unrouted', 'workflow'],
      ['/admin/workflows', first],
    ],
  ],
];

test('S-095 no text of a user does anything in any page but stand there', async () => {
  for (const [actor, pages] of walks()) {
    // Without the policy that would hold scripts back anyhow: the pages alone have to be safe.
    const watched = await place.open(actor.browser.cookie(), { bypassCSP: true });
    for (const [path, text] of pages) {
      await see(watched, `${place.address}${path}`, text);
      expect(watched.troubles, path).toEqual([]);
    }
    const [home = '/'] = pages[0] ?? [];
    await watched.page.goto(`${place.address}${home}`);
    if (actor !== world.coordinator) await openBell(watched, '“');
    expect(watched.troubles).toEqual([]);
    await watched.page.context().close();
  }
});

test('S-098 no text becomes a link, a picture or a form', async () => {
  const watched = await place.open(world.admin.browser.cookie(), { bypassCSP: true });
  await see(watched, `${place.address}/desk/tickets/${world.story}`, '[here](javascript:alert(6))');
  const addresses = await watched.page.evaluate(() =>
    [...document.querySelectorAll('[href], [src], [action], [data], [srcdoc]')].flatMap((element) =>
      ['href', 'src', 'action', 'data', 'srcdoc'].flatMap((name) => element.getAttribute(name) ?? []),
    ),
  );
  expect(addresses.length).toBeGreaterThan(5);
  expect(addresses.filter((text) => /evil|javascript:|^data:text|<|^\/\//i.test(text))).toEqual([]);
  expect(watched.troubles).toEqual([]);
});

// A header is folded on its way.
const spaceless = (text: string): string => text.replaceAll(/\s+/g, '');

test('S-096 nothing in a text is filled in or carried out, in notifications and in mail', async () => {
  const em = place.desk.context.orm.em.fork();
  const notifications = await em.find(Notification, { userId: world.employee.id }, { orderBy: { id: 'desc' } });
  for (const template of templates) expect(notifications.map(({ title }) => title).join('\n')).toContain(template);

  const [smtpPort = 0, pagePort = 0] = await freePorts(2);
  const mailbox = await startMailbox({ smtpPort, pagePort, host: '127.0.0.1' });
  const inbox = `http://127.0.0.1:${pagePort}`;
  const { context } = place.desk;
  const config = { ...context.config, SMTP_URL: `smtp://127.0.0.1:${smtpPort}`, PUBLIC_URL: place.address };
  const activities = openActivities({ ...context, config });
  try {
    // Twelve come by themselves, with their words in the subject; the others in one digest or more, with them in the text.
    const alone = notifications.slice(0, 12);
    for (const { id } of alone) await em.nativeUpdate(Mail, { notificationId: id }, { digest: id });
    while ((await fillMailBatch(em, config.MAIL_FROM)).mails > 0);
    const mails = await em.find(Mail, { notificationId: { $in: notifications.map(({ id }) => id) } });
    for (const batch of new Set(mails.flatMap((mail) => mail.batch ?? [])))
      for (const { notificationId, readerId } of await digestsOf(em, batch))
        if (readerId === world.employee.id) await activities.sendMail({ notificationId, batch });
    expect(mailbox.messages()).toHaveLength(new Set(mails.map(({ digest }) => digest)).size);
    for (const mail of mailbox.messages()) {
      expect(mail.to).toEqual([world.employee.email]);
      expect(mail.text).toContain(`${place.address}/help/tickets/TX`);
    }
    const told = mailbox.messages().map(({ subject, text }) => spaceless(`${subject} ${text}`));
    for (const { ticket, title } of notifications)
      expect(told.filter((mail) => mail.includes(`[${ticket}]`) && mail.includes(spaceless(title)))).not.toEqual([]);
    place.allow(inbox);
    const watched = await place.open(null, { bypassCSP: true });
    await see(watched, inbox, templates[0] ?? '');
    for (const { id, subject } of mailbox.messages()) await see(watched, `${inbox}/messages/${id}`, subject);
    expect(watched.troubles).toEqual([]);
  } finally {
    await mailbox.close();
  }
});

test('S-106 after signing in nobody is led away', async () => {
  const watched = await place.open(world.employee.browser.cookie());
  const ways = [
    '//evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    'https:evil.test',
    'https://evil.test',
    '///evil.test',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '%2f%2fevil.test',
    '/%2f%2fevil.test',
    '/%09/evil.test',
    '/\t/evil.test',
    '\t//evil.test',
    '/\n//evil.test',
    '/@evil.test',
    '/.//evil.test',
    '/..//evil.test',
    '/sign-in?next=//evil.test',
    `${place.address}@evil.test`,
    'evil.test',
    '',
  ];
  for (const next of ways) {
    await watched.page.goto(`${place.address}/sign-in?next=${encodeURIComponent(next)}`);
    const left = () => new URL(watched.page.url()).pathname !== '/sign-in' || watched.troubles.length > 0;
    await until(left);
    expect(new URL(watched.page.url()).origin, next).toBe(place.address);
    expect(watched.troubles, next).toEqual([]);
  }
});

test('S-040 the policy of the pages holds back what is not theirs, and never them', async () => {
  for (const [actor, pages] of walks()) {
    const watched = await place.open(actor.browser.cookie());
    for (const [path, text] of [...pages, ['/systems', 'Where to'] as const]) {
      await see(watched, `${place.address}${path}`, text);
      expect(watched.troubles, path).toEqual([]);
    }
  }
  const watched = await place.open(world.employee.browser.cookie());
  await see(watched, `${place.address}/help`, first);
  await watched.page.evaluate(() => {
    const add = (name: string, attributes: Record<string, string>, text = '') => {
      const element = Object.assign(document.createElement(name), { textContent: text });
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      document.body.append(element);
    };
    add('script', {}, 'window.__xss = 1');
    add('script', { src: 'https://evil.test/a.js' });
    add('base', { href: 'https://evil.test/' });
    add('iframe', { src: 'https://evil.test/' });
    add('object', { data: 'https://evil.test/' });
    add('img', { src: 'https://evil.test/b.png' });
    add('style', {}, '@import "https://evil.test/c.css";');
    add('button', { onclick: 'window.__xss = 2', id: 'trap' });
    document.getElementById('trap')?.click();
  });
  const held = [
    'script-src-elem',
    'base-uri',
    'frame-src',
    'object-src',
    'img-src',
    'style-src-elem',
    'script-src-attr',
  ];
  const told = () => held.filter((name) => !watched.troubles.some((text) => text.startsWith(`policy: ${name} `)));
  await until(() => told().length === 0);
  expect(watched.troubles.filter((text) => text.startsWith('script:'))).toEqual([]);
  expect(await watched.page.evaluate(() => document.baseURI)).toContain(place.address);

  // Somebody else's page that shows ours in a frame.
  const { page } = await place.open(world.employee.browser.cookie());
  await page.route('http://evil.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${place.address}/help"></iframe>` }),
  );
  await page.goto('http://evil.test/');
  const frame = await until(() => page.frames()[1] ?? null);
  await until(() => frame.url().startsWith('chrome-error:'));
});
