import type { UseQueryResult } from '@tanstack/solid-query';
import { type Accessor, type JSX, Match, Switch } from 'solid-js';
import { Failed } from './failed.tsx';
import { ListSkeleton } from './list-skeleton.tsx';

interface LoadedProps<Data> {
  query: UseQueryResult<Data, Error>;
  /** "The tickets": the start of the sentence after a failure, and, in lower case, the end of "Loading the tickets". */
  what: string;
  skeleton?: JSX.Element;
  /** `h1` when the page has no heading without these data. */
  heading?: 'h1' | 'h2' | 'h3';
  children: (data: Accessor<NonNullable<Data>>) => JSX.Element;
}

/** Loading, failed or filled; what an empty list looks like is up to the page. Old data is kept while new data fails to load. */
export const Loaded = <Data,>(props: LoadedProps<Data>) => (
  <Switch>
    <Match when={props.query.isPending}>
      {props.skeleton ?? <ListSkeleton what={props.what.charAt(0).toLowerCase() + props.what.slice(1)} />}
    </Match>
    <Match when={props.query.isLoadingError}>
      <Failed
        what={props.what}
        error={props.query.error}
        heading={props.heading}
        busy={props.query.isFetching}
        onRetry={() => void props.query.refetch()}
      />
    </Match>
    <Match when={props.query.data}>{(data) => props.children(data)}</Match>
  </Switch>
);
