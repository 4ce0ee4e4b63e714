import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';
import { startMailbox } from './mail.ts';
import { askFor, oddTargets } from './odd-targets.fixture.ts';
import { freePorts } from './ports.ts';

const open = async () => {
  const [smtpPort = 0, pagePort = 0] = await freePorts(2);
  const mailbox = await startMailbox({ smtpPort, pagePort, host: '127.0.0.1' });
  const transport = createTransport(`smtp://127.0.0.1:${smtpPort}`);
  onTestFinished(async () => {
    transport.close();
    await mailbox.close();
  });
  const send = (subject: string, text = 'Hello') =>
    transport.sendMail({ from: 'Help Desk <helpdesk@example.com>', to: 'maria@example.com', subject, text });
  return { mailbox, send, page: `http://127.0.0.1:${pagePort}` };
};

test('a sent mail is in the inbox, newest first, and readable as JSON', async () => {
  const { mailbox, send, page } = await open();
  await send('First');
  await send('Ünïcode subject', 'Line one\nLine two');
  expect(mailbox.messages().map((mail) => mail.subject)).toEqual(['Ünïcode subject', 'First']);
  const json = await (await fetch(`${page}/messages.json`)).json();
  expect(json).toMatchObject([{ id: 2, to: ['maria@example.com'], text: 'Line one\nLine two\n' }, { id: 1 }]);
});

test('the page shows a mail without running what is in it', async () => {
  const { send, page } = await open();
  await send('<script>alert(1)</script>', 'a & b');
  const list = await (await fetch(page)).text();
  expect(list).toContain('&lt;script&gt;');
  const mail = await (await fetch(`${page}/messages/1`)).text();
  expect(mail).not.toContain('<script>');
  expect(mail).toContain('a &amp; b');
});

test('a mail that is not there is a page of its own, not an error', async () => {
  const { page } = await open();
  const response = await fetch(`${page}/messages/7`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('There is no such mail');
});

test.each(oddTargets)('%s instead of a path gets an answer, and the inbox goes on', async (_what, target) => {
  const { page } = await open();
  expect(await askFor(Number(new URL(page).port), target)).toMatch(/^HTTP\/1.1 [24]\d\d /);
  expect((await fetch(page)).status).toBe(200);
});
