import { useLocation } from '@solidjs/router';
import Menu from 'lucide-solid/icons/menu';
import { createEffect, For, type JSX, on, Show } from 'solid-js';
import type { Me } from '../lib/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { Bell } from './bell.tsx';
import { Brand } from './brand.tsx';
import { Count } from './count.tsx';
import { Icon, type LucideIcon } from './icon.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

export interface NavLink {
  href: string;
  label: string;
  icon: LucideIcon;
  current: boolean;
  count?: number | null;
  /** The count is of something that needs repair. */
  hot?: boolean;
  /** Another site, or a page that the API serves. */
  external?: boolean;
}

export interface NavGroup {
  title: string;
  links: NavLink[];
}

interface DeskShellProps {
  me: Me;
  system: string;
  /** What the person is in this system, under its name. */
  subtitle: string;
  home: string;
  nav: NavGroup[];
  /** Shows only icons in the sidebar, for a page that needs the room. */
  rail?: boolean;
  children: JSX.Element;
}

/** A sidebar (or rail) beside the page. Below 64rem the sidebar is a popover under a bar. */
export const DeskShell = (props: DeskShellProps) => {
  const location = useLocation();
  let side: HTMLElement | undefined;
  const hideSide = () => side?.matches(':popover-open') && side.hidePopover();
  createEffect(on(() => location.pathname + location.search, hideSide, { defer: true }));
  return (
    <div class="desk" data-nav={props.rail ? 'rail' : undefined}>
      <a class="skip" href="#main" target="_self">
        Skip to the content
      </a>
      <header class="top">
        <button class="btn quiet square" type="button" popovertarget="side" aria-label="Open navigation">
          <Icon of={Menu} />
        </button>
        <Brand name={props.system} href={props.home} />
        <span class="push row-x">
          <Bell />
          <ThemeSwitch />
        </span>
      </header>
      <nav class="side" id="side" ref={side} popover="auto" aria-label={props.system}>
        <Brand name={props.system} subtitle={props.subtitle} href={props.home} />
        <div class="nav first">
          <Bell labelled />
        </div>
        <For each={props.nav}>{(group) => <Group group={group} />}</For>
        <div class="side-foot">
          <div class="nav">
            <ThemeSwitch labelled />
            <AccountMenu me={props.me} labelled />
          </div>
        </div>
      </nav>
      <main id="main" tabindex="-1">
        {props.children}
      </main>
    </div>
  );
};

const Group = (props: { group: NavGroup }) => (
  <>
    <h2>{props.group.title}</h2>
    <div class="nav">
      <For each={props.group.links}>{(link) => <Entry link={link} />}</For>
    </div>
  </>
);

const Entry = (props: { link: NavLink }) => {
  const inside = () => (
    <>
      <Icon of={props.link.icon} />
      <span class="label">{props.link.label}</span>
      <Show when={typeof props.link.count === 'number'}>
        <Count n={props.link.count ?? 0} of="tickets" hot={props.link.hot} />
      </Show>
    </>
  );
  return (
    <Show
      when={props.link.external}
      fallback={
        <a href={props.link.href} title={props.link.label} aria-current={props.link.current ? 'page' : undefined}>
          {inside()}
        </a>
      }
    >
      <a href={props.link.href} title={props.link.label} target="_blank" rel="noreferrer">
        {inside()}
      </a>
    </Show>
  );
};
