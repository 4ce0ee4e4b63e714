import type { JSX } from 'solid-js';
import { Show } from 'solid-js';
import type { Me } from '../lib/session.ts';
import { AccountMenu } from '../ui/account-menu.tsx';
import { Brand } from '../ui/brand.tsx';
import { ThemeSwitch } from '../ui/theme-switch.tsx';

/** The shell of pages that belong to no system: a bar and one column. */
export const PlainShell = (props: { me?: Me; children: JSX.Element }) => (
  <div class="portal" data-density="roomy">
    <a class="skip" href="#main" target="_self">
      Skip to the content
    </a>
    <header class="masthead">
      <div class="wrap">
        <Brand name="Ticket Tracking System" href="/" />
        <div class="tools">
          <ThemeSwitch />
          <Show when={props.me}>{(me) => <AccountMenu me={me()} />}</Show>
        </div>
      </div>
    </header>
    <main id="main" tabindex="-1">
      <div class="wrap plain">{props.children}</div>
    </main>
  </div>
);
