import { A } from '@solidjs/router';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For } from 'solid-js';
import { Icon } from '../ui/icon.tsx';

/** Where the reader is: the pages above, and last the page itself. */
export const Crumbs = (props: { parents: readonly (readonly [label: string, href: string])[]; here: string }) => (
  <nav class="crumbs" aria-label="You are here">
    <For each={props.parents}>
      {([label, href]) => (
        <>
          <A href={href}>{label}</A>
          <Icon of={ChevronRight} />
        </>
      )}
    </For>
    <span aria-current="page">{props.here}</span>
  </nav>
);
