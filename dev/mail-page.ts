import type { Mail } from './mail.ts';

const style = `
:root { color-scheme: light dark; --page: light-dark(oklch(.977 .004 210), oklch(.185 .01 220));
  --surface: light-dark(#fff, oklch(.222 .011 220)); --line: light-dark(oklch(.905 .008 210), oklch(.318 .013 220));
  --text: light-dark(oklch(.235 .018 222), oklch(.94 .005 210)); --muted: light-dark(oklch(.44 .018 220), oklch(.765 .01 212));
  --accent: light-dark(oklch(.425 .072 209), oklch(.825 .08 200)); --hover: light-dark(oklch(.962 .006 210), oklch(.262 .013 220)); }
body { margin: 0; background: var(--page); color: var(--text); font: .875rem/1.55 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.1875rem; line-height: 1.25; margin: 0 0 .25rem; text-wrap: balance; overflow-wrap: anywhere; }
p { margin: 0 0 1.25rem; color: var(--muted); }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
ul, dl, pre { margin: 0 0 1rem; padding: 0; background: var(--surface); border: 1px solid var(--line); border-radius: .5rem; }
li { list-style: none; border-top: 1px solid var(--line); }
li:first-child { border-top: 0; }
li a { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .625rem 1rem; color: inherit; text-decoration: none; }
li a:hover { background: var(--hover); }
li strong { flex: 1 1 16rem; font-weight: 600; overflow-wrap: anywhere; }
li span, time { color: var(--muted); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; padding: .75rem 1rem; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
pre { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const encode = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${encode(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;

const time = (iso: string): string => `<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;

const subjectOf = (mail: Mail): string => encode(mail.subject || '(no subject)');

const row = (mail: Mail): string =>
  `<li><a href="/messages/${mail.id}"><strong>${subjectOf(mail)}</strong>` +
  `<span>${encode(mail.to.join(', '))}</span>${time(mail.receivedAt)}</a></li>`;

const summary = (count: number): string => {
  if (count === 0) return 'Nothing yet. Mail that the system sends stays on this machine and appears here.';
  return `${count === 1 ? '1 mail' : `${count} mails`}, newest first. They stay on this machine until it stops.`;
};

export const listPage = (mails: readonly Mail[]): string => {
  const list = mails.length === 0 ? '' : `<ul>${mails.map(row).join('')}</ul>`;
  return page('Inbox', `<h1>Development inbox</h1><p>${summary(mails.length)}</p>${list}`);
};

export const mailPage = (mail: Mail): string =>
  page(
    mail.subject,
    `<p><a href="/">Inbox</a></p><h1>${subjectOf(mail)}</h1><p>${time(mail.receivedAt)}</p>` +
      `<dl><dt>From</dt><dd>${encode(mail.from)}</dd><dt>To</dt><dd>${encode(mail.to.join(', '))}</dd></dl>` +
      `<pre>${encode(mail.text)}</pre>`,
  );

export const missingPage = (): string =>
  page(
    'Not here',
    '<h1>There is no such mail</h1><p>It may have left with a restart. <a href="/">Back to the inbox</a></p>',
  );
