import type { Target } from '../target.ts';
import { createBattery } from './battery.ts';
import type { Cast } from './cast.ts';
import type { Operation } from './document.ts';
import type { Draft } from './draft.ts';
import { type Known, readKnown } from './known.ts';
import { mutator } from './mutate.ts';
import type { Random } from './random.ts';
import { validDraft } from './valid.ts';
import { isFine, type Shot } from './volley.ts';

export interface Outcome {
  /** Mutated requests that were sent. */
  sent: number;
  /** How many of them were accepted. */
  taken: number;
  /** Untouched requests that were accepted. Without one, the mutated ones may never have got beyond the first check. */
  untouchedTaken: number;
  /** Each with the request, so that it can be sent again. */
  failures: string[];
}

export interface Campaign {
  target: Target;
  cast: Cast;
  /** Every route: what was accepted is read back through the others. */
  operations: readonly Operation[];
  random: Random;
  /** Mutated requests for each route. */
  count: number;
  /** How often the route is tried, with eight untouched requests each time, until it accepts one. */
  openings: number;
}

const batchSize = 100;
const shownFailures = 8;

const isLetIn = ({ answer }: Shot): boolean => answer !== null && answer.status !== 401 && answer.status !== 403;

const nextOf = ({ answer }: Shot): string[] => {
  const next: unknown = answer?.body?.next;
  return typeof next === 'string' ? [next] : [];
};

/** Those that must be refused, and those that may be accepted. Apart, it is easier to see which one changed something. */
const inBatches = (drafts: readonly Draft[]): Draft[][] =>
  [drafts.filter((draft) => draft.mustBeRefused), drafts.filter((draft) => !draft.mustBeRefused)].filter(
    (batch) => batch.length > 0,
  );

/** Sends a route its mutated requests. */
export const runCampaign = async (campaign: Campaign, operation: Operation): Promise<Outcome> => {
  const { target, cast, count, openings } = campaign;
  const random = campaign.random.fork(operation.name);
  const { fire, failures } = createBattery(campaign);
  const everybody = [...cast.cookies.keys()];
  let letIn = everybody;
  let cursors: string[] = [];

  const known = (): Promise<Known> => readKnown(target.context, cursors);
  const untouched = async (actors: readonly string[]): Promise<Shot[]> => {
    const things = await known();
    return fire(actors.map((as) => validDraft(operation, as, things, random)));
  };

  const readCursors = async (): Promise<string[]> => {
    if (!operation.parameters.some(({ name }) => name === 'cursor')) return [];
    const things = await known();
    const lists = letIn.map((as): Draft => {
      const draft = validDraft(operation, as, things, random);
      return { ...draft, query: [['limit', '1']] };
    });
    return (await fire(lists)).flatMap(nextOf);
  };

  /** Finds out who is let in, and tries until a request is accepted: a command fits few tickets and few people. */
  const open = async (): Promise<number> => {
    const first = await untouched(everybody);
    letIn = first.filter(isLetIn).map(({ draft }) => draft.as);
    if (letIn.length === 0) letIn = everybody;
    cursors = await readCursors();
    let taken = first.filter(isFine).length;
    for (let tries = 0; taken === 0 && tries < openings; tries += 1) {
      // Who was refused at first may be let in with something of their own, a message for example.
      const shots = await untouched(
        Array.from({ length: 8 }, () => random.pick(random.chance(50) ? letIn : everybody)),
      );
      taken += shots.filter(isFine).length;
    }
    return taken;
  };

  const untouchedTaken = await open();
  const mutate = mutator(operation);
  let taken = 0;
  for (let sent = 0; sent < count; sent += batchSize) {
    const things = await known();
    const drafts = Array.from({ length: Math.min(batchSize, count - sent) }, () =>
      mutate(
        validDraft(operation, random.chance(80) ? random.pick(letIn) : random.pick(everybody), things, random),
        random,
      ),
    );
    for (const batch of inBatches(drafts)) taken += (await fire(batch)).filter(isFine).length;
  }
  return { sent: count, taken, untouchedTaken, failures: [...failures].slice(0, shownFailures) };
};
