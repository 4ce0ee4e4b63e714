import type { UseQueryResult } from '@tanstack/solid-query';
import { type Accessor, type JSX, Match, Switch } from 'solid-js';
import { Failed } from './failed.tsx';
import { ListSkeleton } from './list-skeleton.tsx';

interface LoadedProps<Data> {
  query: UseQueryResult<Data, Error>;
  /** "The tickets": begins the sentence when it fails, and lower-cased the one that is read while it loads. */
  what: string;
  skeleton?: JSX.Element;
  /** `h1` when the page has no heading without these data. */
  heading?: 'h1' | 'h2' | 'h3';
  children: (data: Accessor<NonNullable<Data>>) => JSX.Element;
}

/** Three of the four faces of data: loading, failed, filled. Empty is the page's own. Old data stays while new data fails to come. */
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
