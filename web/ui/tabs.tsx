import { For, Show } from 'solid-js';
import { Count } from './count.tsx';

export interface Tab {
  href: string;
  label: string;
  current: boolean;
  count?: number;
}

/** Tabs over one list or page. Each is an address, so that Back and links work. */
export const Tabs = (props: { label: string; tabs: readonly Tab[] }) => (
  <nav class="tabs" aria-label={props.label}>
    <For each={props.tabs}>
      {(tab) => (
        <a href={tab.href} aria-current={tab.current ? 'page' : undefined} noScroll>
          {tab.label}
          <Show when={tab.count !== undefined}>
            <Count n={tab.count ?? 0} of="tickets" />
          </Show>
        </a>
      )}
    </For>
  </nav>
);
