import { useLocation, useSearchParams } from '@solidjs/router';
import type { JSX } from 'solid-js';
import { DeskShell } from '../desk-shell.tsx';
import { useSigned } from '../gate.tsx';
import { listWords } from '../lib/labels.ts';
import { roleNamesIn, rolesIn } from '../lib/session.ts';
import { trackingNav } from './nav.ts';
import { readFilter, type Search } from './task-filter.ts';
import { useTaskCounts } from './tasks.data.ts';

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
      line={listWords(roleNamesIn(me(), 'tts'))}
      home="/desk"
      nav={trackingNav(roles(), counts.isSuccess ? counts.data : null, here())}
      rail={here().path.startsWith('/desk/tickets/')}
    >
      {props.children}
    </DeskShell>
  );
};
