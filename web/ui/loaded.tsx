import type { UseQueryResult } from '@tanstack/solid-query';
import { type Accessor, createSignal, For, type JSX, Match, onCleanup, Show, Switch } from 'solid-js';
import { Failed } from './blank.tsx';

/** Nothing for 200 ms, then what is given: a quick answer must not flicker. */
export const Later = (props: { children: JSX.Element }) => {
  const [due, setDue] = createSignal(false);
  const timer = setTimeout(() => setDue(true), 200);
  onCleanup(() => clearTimeout(timer));
  return <Show when={due()}>{props.children}</Show>;
};

const widths = ['w72', 'w54', 'w63', 'w48', 'w58'] as const;

/** Bones in the shape of a list. */
export const Bones = (props: { what: string; rows?: number }) => (
  <Later>
    <div aria-busy="true">
      <span class="sr" role="status">
        Loading {props.what}
      </span>
      <ul class="bones">
        <For each={Array.from({ length: props.rows ?? 4 }, (_, index) => widths[index % widths.length])}>
          {(width) => (
            <li>
              <span class="bone round" />
              <span class={`bone ${width}`} />
              <span class="bone" />
            </li>
          )}
        </For>
      </ul>
    </div>
  </Later>
);

interface LoadedProps<Data> {
  query: UseQueryResult<Data, Error>;
  /** "The tickets": begins the sentence when it fails, and lower-cased the one that is read while it loads. */
  what: string;
  bones?: JSX.Element;
  /** `h1` when the page has no heading without these data. */
  heading?: 'h1' | 'h2' | 'h3';
  children: (data: Accessor<NonNullable<Data>>) => JSX.Element;
}

/** Three of the four faces of data: loading, failed, filled. Empty is the page's own. Old data stays while new data fails to come. */
export const Loaded = <Data,>(props: LoadedProps<Data>) => (
  <Switch>
    <Match when={props.query.isPending}>
      {props.bones ?? <Bones what={props.what.charAt(0).toLowerCase() + props.what.slice(1)} />}
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
