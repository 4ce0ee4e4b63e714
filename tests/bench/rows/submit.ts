import { randomUUID } from 'node:crypto';
import { ticketSeed } from '../../../seeds/tickets.ts';
import { each } from '../../rig/each.ts';
import type { Bench, Group } from '../bench.ts';
import { type Plan, sessionHash, tokens, withTokens } from '../limits/plan.ts';
import { openRecorder } from '../limits/record.ts';
import type { HttpClient } from '../stack/http.ts';
import { clientsAt, productClients } from '../stack/sessions.ts';
import { compare } from './compare.ts';
import { numberOf, removeLater } from './submitted.ts';

export const submitPath = '/api/helpdesk/tickets';

const today = (): string => new Date().toISOString().slice(0, 10);

/** One form of each category. */
export const forms = (): object[] =>
  Array.from({ length: 5 }, (_, n) => ticketSeed(n, { batch: 'tickets', today: today() }).formFor('Clara Duarte'));

/** Submits like a person's page. Returns the number. */
export const submitOne = async (client: HttpClient, form: object): Promise<string> =>
  numberOf((await client.post(submitPath, form, { 'idempotency-key': randomUUID() })).text);

const record = async (bench: Bench, all: readonly object[]): Promise<Plan> => {
  const { servers, settings } = bench.product;
  const recorder = await openRecorder({
    ...settings,
    DATABASE_URL: servers.databaseUrl,
    TEMPORAL_ADDRESS: servers.temporalAddress,
  });
  const cookie = bench.sessions.employee[0] ?? '';
  const submit: Plan[string] = [];
  try {
    for (const form of all) {
      const key = randomUUID();
      const headers = {
        cookie,
        origin: settings.PUBLIC_URL ?? '',
        'content-type': 'application/json',
        'idempotency-key': key,
      };
      const recorded = await recorder.record(submitPath, { method: 'POST', headers, body: JSON.stringify(form) });
      const number = numberOf(recorded.answer);
      const swap = [
        [sessionHash(cookie), tokens.session],
        [key, tokens.key],
        [number, tokens.number],
      ] as const;
      submit.push(withTokens(recorded, swap));
    }
  } finally {
    await recorder.close();
  }
  bench.statements.submit = submit[0]?.length ?? 0;
  return { submit };
};

/** The submissions of product and limit for this many clients. */
const submitters = (bench: Bench, all: readonly object[], clients: number) => {
  const cookies = bench.sessions.employee.slice(0, clients);
  const people = productClients(bench.product, cookies);
  const bare = clientsAt([bench.limits.server.url], '', cookies);
  let turn = 0;
  const next = (): number => {
    turn += 1;
    return turn % all.length;
  };
  return {
    product: async (client: number) => {
      const person = people[client];
      if (person) await submitOne(person, all[next()] ?? {});
    },
    limit: async (client: number) => {
      const variant = next();
      await bare[client]?.post(`/limit/submit/${variant}`, all[variant]);
    },
  };
};

const compareSubmit = async (bench: Bench, all: readonly object[], clients: number): Promise<void> => {
  const clean = await removeLater(bench);
  const { seconds } = bench.options;
  await compare(bench, {
    row: 'submit',
    clients,
    seconds,
    ...submitters(bench, all, clients),
    clean,
    holdProduct: true,
  });
};

/** Warms up both until Node has compiled their code, because this is the first row. */
const warm = async (bench: Bench, all: readonly object[]): Promise<void> => {
  const { product, limit } = submitters(bench, all, 8);
  const rounds = Array.from({ length: 600 });
  await each(rounds, 8, (_round, client) => product(client));
  await each(rounds, 8, (_round, client) => limit(client));
};

let isWarm = false;

export const submit: Group = {
  name: 'submit',
  at: 'each size, or the last',
  async run(bench) {
    const all = forms();
    const clean = await removeLater(bench);
    await bench.limits.usePlan(await record(bench, all));
    if (!isWarm) await warm(bench, all);
    isWarm = true;
    await clean();
    for (const clients of bench.options.clients) await compareSubmit(bench, all, clients);
  },
};
