import { chunks } from '../seed/chunks.ts';
import { reconciling } from './activities.ts';
import { type Compared, type HintedTickets, nothing, type Tally } from './messages.ts';

// One activity repairs this many tickets; when its worker dies, only this lot is retried.
const ticketsAtOnce = 100;
const mostRemembered = 1_000;

export interface Found {
  tally: Tally;
  /** The lagging tickets, for the next check. */
  lagging: string[];
}

export const plus = (tally: Tally, more: Partial<Tally>): Tally => ({
  checked: tally.checked + (more.checked ?? 0),
  restarted: tally.restarted + (more.restarted ?? 0),
  caughtUp: tally.caughtUp + (more.caughtUp ?? 0),
  ended: tally.ended + (more.ended ?? 0),
  hinted: tally.hinted + (more.hinted ?? 0),
  unresolved: tally.unresolved + (more.unresolved ?? 0),
});

/** Compares everything once; `before` are the tickets that lagged at the last check. */
export const compareAll = async (before: string[]): Promise<Found> => {
  const { tally, lagging } = await compareTickets(before);
  const mails = await allPages(compareMails);
  const syncs = await allPages(compareSyncs);
  const hinted = await hint();
  return { tally: [mails, syncs, { hinted }].reduce<Tally>(plus, tally), lagging };
};

const compareTickets = async (before: string[]): Promise<Found> => {
  const lagged = new Set(before);
  const lagging: string[] = [];
  let tally = nothing;
  let from: string | null = '';
  while (from !== null) {
    const found = await reconciling.compareTickets.executeWithOptions(
      { summary: `Tickets from ${from || 'the first'}` },
      [from],
    );
    const names = found.lagging.map(({ number, seen }) => ({ number, name: `${number} ${seen}` }));
    const stopped = names.filter(({ name }) => lagged.has(name)).map(({ number }) => number);
    lagging.push(...names.map(({ name }) => name));
    tally = plus(tally, { checked: found.checked });
    tally = plus(tally, await settle(found.suspects, false));
    tally = plus(tally, await settle(stopped, true));
    from = found.next;
  }
  return { tally, lagging: lagging.slice(0, mostRemembered) };
};

const settle = async (numbers: string[], hasStopped: boolean): Promise<Tally> => {
  let tally = nothing;
  for (const { from, to } of chunks(numbers.length, ticketsAtOnce)) {
    const lot = numbers.slice(from, to);
    const summary = `Repair ${lot.length} tickets, first ${lot[0]}`;
    tally = plus(tally, await reconciling.settleTickets.executeWithOptions({ summary }, [lot, hasStopped]));
  }
  return tally;
};

const compareMails = (after: number): Promise<Compared> =>
  reconciling.compareMails.executeWithOptions({ summary: `Mails after ${after}` }, [after]);

const compareSyncs = (after: number): Promise<Compared> =>
  reconciling.compareSyncs.executeWithOptions({ summary: `Copies of auth's facts after ${after}` }, [after]);

/** Returns how many workflows were signalled. */
const hint = async (): Promise<number> => {
  let hinted = 0;
  let after: string | null = '';
  while (after !== null) {
    const summary = after === '' ? 'Steps that need an assignee' : `Steps that need an assignee, after ${after}`;
    const page: HintedTickets = await reconciling.hintTickets.executeWithOptions({ summary }, [after]);
    hinted += page.hinted;
    after = page.next;
  }
  return hinted;
};

const allPages = async (compare: (after: number) => Promise<Compared>): Promise<Tally> => {
  let tally = nothing;
  let after: number | null = 0;
  while (after !== null) {
    const found: Compared = await compare(after);
    tally = plus(tally, found);
    after = found.next;
  }
  return tally;
};
