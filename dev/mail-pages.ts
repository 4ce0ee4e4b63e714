import { createServer, type Server } from 'node:http';
import type { Mail } from './mail.ts';
import { listPage, mailPage, missingPage } from './mail-page.ts';

interface Answer {
  status: number;
  type: string;
  body: string;
}

const html = 'text/html; charset=utf-8';

/** Null for a target that names no path, such as `*`, or that cannot be read. */
const pathOf = (target: string): string | null =>
  URL.parse(target.startsWith('/') ? `http://mailbox${target}` : target)?.pathname ?? null;

const answer = (path: string | null, mails: readonly Mail[]): Answer => {
  if (path === '/') return { status: 200, type: html, body: listPage(mails) };
  if (path === '/messages.json') return { status: 200, type: 'application/json', body: JSON.stringify(mails) };
  const id = Number(/^\/messages\/(\d+)$/.exec(path ?? '')?.[1]);
  const mail = mails.find((candidate) => candidate.id === id);
  if (mail) return { status: 200, type: html, body: mailPage(mail) };
  return { status: 404, type: html, body: missingPage() };
};

/** The pages of the inbox, not listening yet. */
export const createMailPages = (messages: () => readonly Mail[]): Server =>
  createServer((request, response) => {
    const { status, type, body } = answer(pathOf(request.url ?? '/'), messages());
    response.writeHead(status, {
      'content-type': type,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
    });
    response.end(body);
  });
