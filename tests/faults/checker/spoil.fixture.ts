import type { Operation } from '../workload/journal.ts';
import { check } from './check.ts';
import type { EntryFact } from './facts.ts';
import type { SpoilableFacts } from './sound.fixture.ts';

/** One promise, how it is broken, and what the checker says of it. */
export type Broken = [promise: string, spoil: (facts: SpoilableFacts) => void, violation: string];

const found = <Item>(items: readonly Item[], is: (item: Item) => boolean): Item => {
  const item = items.find(is);
  if (!item) throw new Error('The sound world has nothing like that');
  return item;
};
export const drop = <Item>(items: Item[], is: (item: Item) => boolean): Item => {
  const item = found(items, is);
  items.splice(items.indexOf(item), 1);
  return item;
};

export const ticket = (facts: SpoilableFacts, number: string) => found(facts.tickets, (one) => one.number === number);
export const task = (facts: SpoilableFacts, number: string) => found(facts.tasks, (one) => one.number === number);
export const entry = (facts: SpoilableFacts, number: string, kind: string, version?: number): EntryFact =>
  found(facts.entries, (one) => one.number === number && one.kind === kind && (version ?? one.version) === one.version);
export const notification = (facts: SpoilableFacts, eventKey: string) =>
  found(facts.notifications, (one) => one.eventKey === eventKey);
export const workflow = (facts: SpoilableFacts, number: string) =>
  found([...facts.workflows], ([one]) => one === number)[1];
export const visit = (facts: SpoilableFacts, number: string, place: number) =>
  found(facts.visits, (one) => one.number === number && one.visit === place);
export const sent = (facts: SpoilableFacts, one: Partial<Operation>): Operation =>
  found(facts.operations, (operation) =>
    Object.entries(one).every(([key, value]) => Reflect.get(operation, key) === value),
  );
export const set = <Item extends object>(item: Item, changed: Partial<Item>): void => {
  Object.assign(item, changed);
};

export const again = <Item extends object>(items: Item[], item: Item, changed: Partial<Item> = {}): void => {
  items.push({ ...item, ...changed });
};

/** All that the checker finds, each with its rule. */
export const violationsIn = (facts: SpoilableFacts): string[] =>
  check(facts).violations.map(({ rule, what }) => `${rule} ${what}`);
