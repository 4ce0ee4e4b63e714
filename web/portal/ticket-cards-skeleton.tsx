import { For } from 'solid-js';
import { Delayed } from '../ui/delayed.tsx';

/** Grey bars in place of ticket cards that are loading. */
export const TicketCardsSkeleton = (props: { what: string }) => (
  <Delayed>
    <div aria-busy="true">
      <span class="sr" role="status">
        Loading {props.what}
      </span>
      <ul class="stack">
        <For each={['w54', 'w63', 'w48']}>
          {(width) => (
            <li class="stub">
              <div class="tear">
                <span class="bone round" />
                <span class="bone number" />
              </div>
              <div class="tale lines">
                <span class={`bone ${width}`} />
                <span class="bone w72" />
                <span class="bone w58" />
              </div>
            </li>
          )}
        </For>
      </ul>
    </div>
  </Delayed>
);
