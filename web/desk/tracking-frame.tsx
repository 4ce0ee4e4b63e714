import { useLocation, useSearchParams } from '@solidjs/router';
import type { JSX } from 'solid-js';
import { useSigned } from '../account/gate.tsx';
import { hasLoaded } from '../lib/has-loaded.ts';
import { listWords } from '../lib/labels.ts';
import { roleNamesIn, rolesIn } from '../lib/session.ts';
import { DeskShell } from '../ui/desk-shell.tsx';
import { readFilter, type Search } from './task-filter.ts';
import { useTaskCounts } from './tasks.data.ts';
import { trackingNav } from './tracking-nav.ts';

/** The shell around all pages of Ticket Tracking; a ticket needs the room, so there the sidebar is a rail. */
export const TrackingFrame = (props: { children: JSX.Element }) => {
  const me = useSigned();
  const location = useLocation();
  const [search] = useSearchParams<Search>();
  const counts = useTaskCounts();
  const roles = () => rolesIn(me(), 'tts');
  const here = () => ({ path: location.pathname.replace(/(.)\/$/, '$1'), queue: readFilter(search).queue });
  return (
    <DeskShell
      me={me()}
      system="Ticket Tracking"
      subtitle={listWords(roleNamesIn(me(), 'tts'))}
      home="/desk"
      nav={trackingNav(roles(), hasLoaded(counts) ? counts.data : null, here())}
      rail={here().path.startsWith('/desk/tickets/')}
    >
      {props.children}
    </DeskShell>
  );
};
