import { For } from 'solid-js';
import { Delayed } from './delayed.tsx';

const widths = ['w72', 'w54', 'w63', 'w48', 'w58'] as const;

/** Grey rows in place of a list that is loading. */
export const ListSkeleton = (props: { what: string; rows?: number }) => (
  <Delayed>
    <div aria-busy="true">
      <span class="sr" role="status">
        Loading {props.what}
      </span>
      <ul class="skeleton">
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
  </Delayed>
);
