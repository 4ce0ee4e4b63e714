import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import type { ProductPart } from '../arena/product.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { fillIn, send } from '../workload/submission.ts';
import { during } from '../workload/workload.ts';

type Blow = (arena: Arena, random: Random) => Promise<void>;

const killed =
  (which: 'api' | 'worker'): Blow =>
  async ({ product }) => {
    const victim: ProductPart = product[which];
    await victim.part.kill();
    await victim.start();
  };

const blows: Record<string, Blow> = {
  worker: killed('worker'),
  api: killed('api'),
  async temporal(arena, random) {
    await arena.temporal.kill();
    await sleep(random.between(0, 3_000));
    await arena.heal();
  },
  async postgres(arena, random) {
    await arena.postgres.kill('SIGQUIT');
    await sleep(random.between(0, 3_000));
    await arena.heal();
  },
  async sessions({ database }) {
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
  },
  async network({ roads }, random) {
    const road = random.pick([roads.database, roads.temporal]);
    road.reset();
    road.stall();
    await sleep(random.between(500, 3_000));
    road.resume();
  },
};

export const everythingAtOnce: Fault = {
  id: 'F-30',
  name: 'everything at once: kills, lost connections and a network that stands still',
  async inject(arena, { random, nightly, say }) {
    const lastsMs = nightly ? 600_000 : 18_000;
    const end = Date.now() + lastsMs;
    const kinds = Object.keys(blows);
    let times = 0;
    // Each kind comes before one comes twice.
    let deck: string[] = [];
    let isOver = false;
    const submitOnce = async (own: Random): Promise<void> => {
      while (!isOver) {
        await send(fillIn(arena, own));
        await sleep(500);
      }
    };
    // Somebody never tries again: what got no answer is there once, or not at all.
    const impatient = submitOnce(random.fork());
    const striking = during(arena, random, {}, async () => {
      while (Date.now() < end || times < kinds.length) {
        if (deck.length === 0) deck = [...kinds];
        const [name = ''] = deck.splice(random.between(0, deck.length - 1), 1);
        say(`F-30 strikes ${name}`);
        await blows[name]?.(arena, random);
        times += 1;
        await sleep(nightly ? random.between(3_000, 8_000) : random.between(500, 2_000));
      }
      await arena.heal();
    });
    await striking.finally(() => {
      isOver = true;
      return impatient;
    });
    return { times, recovery: await arena.drained() };
  },
};
