import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { createApp } from '../../../api/app.ts';
import { sessionCookieName } from '../../../api/auth/lucia.ts';
import { freePorts } from '../../../dev/ports.ts';
import { type Desk, openDesk } from '../../desk.ts';
import { until } from '../../until.ts';

/** A page in a browser of its own, and what it did that a page must not. */
export interface Watched {
  page: Page;
  /** Dialogs, scripts that ran, requests to others, errors, what the content security policy refused. */
  troubles: string[];
}

export interface BrowserWorld {
  desk: Desk;
  address: string;
  /** With the session of this cookie (`name=token`), or of nobody. */
  open(cookie: string | null, options?: BrowserContextOptions): Promise<Watched>;
  /** From now on the pages may come from here, too. */
  allow(other: string): void;
  close(): Promise<void>;
}

const watch = async (page: Page, ours: readonly string[]): Promise<string[]> => {
  const troubles: string[] = [];
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!ours.some((address) => url.startsWith(address)) && !url.startsWith('data:')) troubles.push(`request: ${url}`);
  });
  await page.exposeFunction('tellTrouble', (text: string) => troubles.push(text));
  await page.addInitScript(() => {
    const tell = (text: string) => Reflect.get(window, 'tellTrouble')(text);
    document.addEventListener('securitypolicyviolation', (event) => {
      tell(`policy: ${event.effectiveDirective} ${event.blockedURI}`);
    });
    Object.defineProperty(window, '__xss', { set: (value) => tell(`script: ${value}`), get: () => undefined });
  });
  return troubles;
};

/** The pages, built and served, the API, PostgreSQL and a browser. */
export const openBrowserWorld = async (): Promise<BrowserWorld> => {
  const folder = await mkdtemp(join(tmpdir(), 'tickets-inputs-'));
  const [port = 0] = await freePorts(1);
  const address = `http://localhost:${port}`;
  const building = build({
    root: 'web',
    configFile: 'web/vite.config.ts',
    logLevel: 'error',
    build: { outDir: folder },
  });
  const [desk] = await Promise.all([openDesk(), building]);
  const { context } = desk;
  const app = createApp({ ...context, config: { ...context.config, PUBLIC_URL: address, WEB_DIST: folder } });
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  const chrome: Browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const others = [address];
  return {
    desk,
    address,
    async open(cookie, options = {}) {
      const visit = await chrome.newContext(options);
      // The name has the port in it, and these pages are at another one.
      const [name, value = ''] = [sessionCookieName(address), cookie?.split('=')[1]];
      if (cookie) await visit.addCookies([{ name, value, url: address, httpOnly: true, sameSite: 'Lax' }]);
      const page = await visit.newPage();
      return { page, troubles: await watch(page, others) };
    },
    allow: (other) => others.push(other),
    async close() {
      await chrome.close();
      server.close();
      await desk.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const shows = (page: Page, text: string): Promise<boolean> =>
  page.evaluate((sought) => {
    const plain = (words: string) => words.replaceAll(/\s+/g, ' ').trim();
    const typed = [...document.querySelectorAll('input')].map(({ value }) => value);
    // What is shown, not what stands in the document.
    // biome-ignore lint/performance/useDomNodeTextContent: see above.
    return [document.body.innerText, ...typed].some((words) => plain(words).includes(plain(sought)));
  }, text);

/** Opens a page and waits until it shows the text, letter by letter, or is in trouble. */
export const see = async ({ page, troubles }: Watched, address: string, text: string): Promise<void> => {
  await page.goto(address);
  try {
    await until(async () => troubles.length > 0 || (await shows(page, text)));
  } catch (cause) {
    const shown = await page.evaluate(() => document.body.textContent);
    throw new Error(`${address} does not show ${text}, but: ${shown?.slice(0, 1_000)}`, { cause });
  }
};

export const openBell = async ({ page }: Watched, text: string): Promise<void> => {
  await page.getByRole('button', { name: /notification/i }).click();
  await until(() => shows(page, text));
};
