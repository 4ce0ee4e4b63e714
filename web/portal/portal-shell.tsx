import type { RouteSectionProps } from '@solidjs/router';
import House from 'lucide-solid/icons/house';
import Inbox from 'lucide-solid/icons/inbox';
import ListChecks from 'lucide-solid/icons/list-checks';
import Plus from 'lucide-solid/icons/plus';
import Ticket from 'lucide-solid/icons/ticket';
import { For } from 'solid-js';
import { hasRole, type Me, rolesIn } from '../lib/session.ts';
import { AccountMenu } from '../ui/account-menu.tsx';
import { Bell } from '../ui/bell.tsx';
import { Brand } from '../ui/brand.tsx';
import { Icon } from '../ui/icon.tsx';
import { ThemeSwitch } from '../ui/theme-switch.tsx';

const links = [
  { href: '/help', label: 'Home', icon: House, isHere: (path: string) => path === '/help' },
  { href: '/help/new', label: 'New ticket', icon: Plus, isHere: (path: string) => path.startsWith('/help/new') },
  {
    href: '/help/tickets',
    label: 'My tickets',
    icon: Ticket,
    isHere: (path: string) => path.startsWith('/help/tickets'),
  },
] as const;

/** The shell of the employee's pages: one column under a bar. On a phone the links move to the lower edge. */
export const PortalShell = (props: RouteSectionProps & { me: Me }) => {
  const isReviewer = () => hasRole(props.me, 'hdts', 'admin', 'ticket_coordinator');
  const isAgent = () => rolesIn(props.me, 'tts').length > 0;
  // Their work, for people who are here for themselves.
  const all = () => [...links, ...(isReviewer() ? [review] : []), ...(isAgent() ? [desk] : [])];
  const current = (link: { isHere: (path: string) => boolean }) =>
    link.isHere(props.location.pathname) ? 'page' : undefined;
  return (
    <div class="portal" data-density="roomy">
      <a class="skip" href="#main" target="_self">
        Skip to the content
      </a>
      <header class="masthead">
        <div class="wrap">
          <Brand name="Help Desk" href="/help" />
          <nav class="only-wide" aria-label="Main">
            <For each={all()}>
              {(link) => (
                <a href={link.href} aria-current={current(link)}>
                  {link.label}
                </a>
              )}
            </For>
          </nav>
          <div class="tools">
            <Bell />
            <ThemeSwitch />
            <AccountMenu me={props.me} />
          </div>
        </div>
      </header>
      <main id="main" tabindex="-1">
        {props.children}
      </main>
      <nav class="thumb" aria-label="Main, bottom bar">
        <For each={all()}>
          {(link) => (
            <a href={link.href} aria-current={current(link)}>
              <Icon of={link.icon} />
              {link.label}
            </a>
          )}
        </For>
      </nav>
    </div>
  );
};

const desk = { href: '/desk', label: 'My queue', icon: ListChecks, isHere: () => false } as const;
const review = { href: '/review', label: 'Review', icon: Inbox, isHere: () => false } as const;
