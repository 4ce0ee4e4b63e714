import type { RouteDefinition } from '@solidjs/router';
import { expect, test } from 'vitest';
import { pagePaths } from '../api/http/page-paths.ts';
import { routes } from './routes.tsx';

const listOf = <Item>(one: Item | readonly Item[] | undefined): readonly Item[] =>
  one === undefined ? [] : ([one].flat() as readonly Item[]);

/** The first words of all paths; `:system` stands for those that its filter names. */
const beginnings = (definitions: readonly RouteDefinition[]): string[] =>
  definitions.flatMap(({ path, children, matchFilters }) =>
    listOf(path).flatMap((text) => {
      const first = text.split('/')[1];
      if (first === undefined) return [];
      if (first.startsWith(':')) return listOf(matchFilters?.[first.slice(1)] as string[]);
      return first === '' ? ['', ...beginnings(listOf(children) as RouteDefinition[])] : [first];
    }),
  );

test('the server knows how each page begins, and no other path is a page', () => {
  expect([...new Set(beginnings(routes))].toSorted()).toEqual([...pagePaths].toSorted());
});
