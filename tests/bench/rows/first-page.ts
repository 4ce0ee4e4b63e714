import { type Browser, chromium, type Page } from 'playwright-core';
import type { Bench, Group } from '../bench.ts';
import { percentile } from '../measure/spread.ts';
import { openClient } from '../stack/http.ts';

interface Loaded {
  /** Milliseconds from the navigation until a field or link takes input and no long task is running. */
  interactive: number;
  /** The paths of all requests. */
  paths: string[];
}

interface PageSpec {
  name: string;
  url: string;
  /** A selector that matches once the page can be used. */
  shows: string;
  cookie?: string;
  /** Left out of a quick run, because no goal depends on it. */
  long?: boolean;
}

const loads = { full: 5, quick: 3 };

// Runs in the page before any other script.
const watch = (shows: string): void => {
  const look = (): void => {
    if (document.querySelector(shows)) performance.mark('usable');
    else requestAnimationFrame(look);
  };
  look();
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) performance.mark('busy', { startTime: task.startTime + task.duration });
  }).observe({ type: 'longtask', buffered: true });
};

const interactiveOf = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      ...performance.getEntriesByName('usable').map((mark) => mark.startTime),
      ...performance.getEntriesByName('busy').map((mark) => mark.startTime),
    ),
  );

const load = async (chrome: Browser, { url, shows, cookie }: PageSpec): Promise<Loaded> => {
  const context = await chrome.newContext();
  try {
    const [name = '', value = ''] = cookie?.split('=') ?? [];
    // Set for the origin, because Playwright would limit a cookie of a deeper address to that folder.
    if (name) await context.addCookies([{ name, value, url: new URL(url).origin }]);
    const page = await context.newPage();
    await page.addInitScript(watch, shows);
    const paths: string[] = [];
    page.on('request', (request) => paths.push(new URL(request.url()).pathname));
    await page.goto(url);
    await page.waitForSelector(shows).catch(async (cause: unknown) => {
      throw new Error(`${url} does not show ${shows} but: ${await page.textContent('body')}`, { cause });
    });
    await page.waitForLoadState('networkidle');
    return { interactive: await interactiveOf(page), paths };
  } finally {
    await context.close();
  }
};

/** The size of the bodies with gzip; the browser may get a smaller encoding. */
const gzipBytes = async (origin: string, paths: readonly string[]): Promise<number> => {
  const client = openClient({ url: origin, origin });
  const files = new Set(paths.filter((path) => !path.startsWith('/api/')));
  let bytes = 0;
  for (const path of files) bytes += await client.bytes(path, 'gzip');
  return bytes;
};

const median = (values: readonly number[]): number =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

const measurePage = async (chrome: Browser, spec: PageSpec, count: number) => {
  const rounds: Loaded[] = [];
  for (let round = 0; round < count; round += 1) rounds.push(await load(chrome, spec));
  const paths = rounds.at(-1)?.paths ?? [];
  return {
    interactive: median(rounds.map((round) => round.interactive)),
    requests: paths.length,
    kb: (await gzipBytes(new URL(spec.url).origin, paths)) / 1_024,
    paths,
  };
};

/** A typical ticket. Those of the command row have cycled a hundred times and are too long. */
const someTicket = async ({ database }: Bench): Promise<string> => {
  const { rows } = await database.query<{ number: string }>(
    `select number from tracking.task where state = 'held' and version < 10 order by number desc limit 1`,
  );
  return rows[0]?.number ?? '';
};

const measurePages = async (bench: Bench, chrome: Browser): Promise<void> => {
  const { results, product, limits, sessions } = bench;
  const ours = product.settings.PUBLIC_URL ?? '';
  const number = await someTicket(bench);
  const count = bench.options.quick ? loads.quick : loads.full;
  const empty = await measurePage(chrome, { name: 'empty', url: `${limits.server.url}/`, shows: 'input' }, count);
  const beside = `an empty Solid page: ${empty.kb.toFixed(1)} KB, ${empty.requests} requests, ${empty.interactive.toFixed(0)} ms`;
  const pages: PageSpec[] = [
    { name: 'first page', url: `${ours}/`, shows: 'input[type=password]' },
    {
      name: 'home of an employee',
      url: `${ours}/help`,
      shows: 'main a[href^="/help/"]',
      cookie: sessions.employee[0],
      long: true,
    },
    { name: 'ticket page', url: `${ours}/desk/tickets/${number}`, shows: '#subject', cookie: sessions.admin[0] },
  ];
  for (const spec of pages.filter(({ long }) => !(long && bench.options.quick))) {
    const { kb, requests, interactive, paths } = await measurePage(chrome, spec, count);
    results.figures.push(
      { name: `${spec.name}, files`, value: kb, unit: 'KB', beside: `gzip, ${requests} requests; ${beside}` },
      { name: `${spec.name}, interactive after`, value: interactive, unit: 'ms' },
    );
    const ticketRequests = paths.filter((path) => path.includes(number)).length;
    if (spec.name === 'ticket page')
      results.goals.push({
        row: 'ticket page',
        goal: 'ticket page: one round trip for the ticket',
        measured: `${ticketRequests - 1} beside the page itself`,
        met: ticketRequests === 2,
      });
    if (spec.name !== 'first page') continue;
    results.goals.push(
      { row: 'page', goal: 'first page: ≤ 120 KB gzip', measured: `${kb.toFixed(1)} KB`, met: kb <= 120 },
      {
        row: 'page',
        goal: 'first page: interactive within 1 s',
        measured: `${interactive.toFixed(0)} ms`,
        met: interactive <= 1_000,
      },
    );
  }
};

export const firstPage: Group = {
  name: 'page',
  at: 'the end',
  async run(bench) {
    bench.say('pages in the browser');
    await bench.settle();
    const chrome = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    try {
      await measurePages(bench, chrome);
    } finally {
      await chrome.close();
    }
  },
};
