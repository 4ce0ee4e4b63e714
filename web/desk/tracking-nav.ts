import Inbox from 'lucide-solid/icons/inbox';
import LayoutDashboard from 'lucide-solid/icons/layout-dashboard';
import LifeBuoy from 'lucide-solid/icons/life-buoy';
import List from 'lucide-solid/icons/list';
import ListChecks from 'lucide-solid/icons/list-checks';
import RouteOff from 'lucide-solid/icons/route-off';
import Users from 'lucide-solid/icons/users';
import Workflow from 'lucide-solid/icons/workflow';
import { listWords } from '../lib/labels.ts';
import type { Role } from '../lib/session.ts';
import type { NavGroup } from '../ui/desk-shell.tsx';
import type { Queue } from './task-filter.ts';
import type { TaskCounts } from './tasks.data.ts';

export interface Whereabouts {
  path: string;
  /** The list beside an open ticket, whose link is marked. */
  queue: Queue;
}

/** "Asset Managers" for one role, "My roles" for several. */
export const roleQueueName = (roles: readonly Role[]): string =>
  roles.length === 1 ? `${roles[0]?.name}s` : 'My roles';

/** "Asset Managers and Budget Managers": everybody who shares the reader's work. */
export const peopleOf = (roles: readonly Role[]): string => listWords(roles.map(({ name }) => `${name}s`));

const isAt = ({ path, queue }: Whereabouts, href: string, own: Queue): boolean =>
  path === href || (path.startsWith('/desk/tickets/') && queue === own);

/** The sidebar of Ticket Tracking. Only admins see the links that are for admins. */
export const trackingNav = (roles: readonly Role[], counts: TaskCounts | null, here: Whereabouts): NavGroup[] => {
  const work: NavGroup = {
    title: 'Work',
    links: [
      { href: '/desk', label: 'My queue', icon: Inbox, current: isAt(here, '/desk', 'mine'), count: counts?.mine },
      {
        href: '/desk/role',
        label: roleQueueName(roles),
        icon: Users,
        current: isAt(here, '/desk/role', 'role'),
        count: counts?.role,
      },
      {
        href: '/desk/done',
        label: 'Done by me',
        icon: ListChecks,
        current: isAt(here, '/desk/done', 'done_by_me'),
      },
    ],
  };
  const forAdmins = roles.some(({ key }) => key === 'admin') ? [watch(counts, here), configure(here)] : [];
  return [work, ...forAdmins, forMyself];
};

/** Everybody with an account can ask the help desk. */
const forMyself: NavGroup = {
  title: 'For myself',
  links: [{ href: '/help', label: 'Ask the Help Desk', icon: LifeBuoy, current: false }],
};

const watch = (counts: TaskCounts | null, here: Whereabouts): NavGroup => ({
  title: 'Watch',
  links: [
    { href: '/admin', label: 'Overview', icon: LayoutDashboard, current: here.path === '/admin' },
    {
      href: '/admin/tickets',
      label: 'All tickets',
      icon: List,
      current: isAt(here, '/admin/tickets', 'all'),
    },
    {
      href: '/admin/unrouted',
      label: 'Unrouted',
      icon: RouteOff,
      current: isAt(here, '/admin/unrouted', 'unrouted'),
      count: counts?.unrouted,
      hot: true,
    },
  ],
});

const configure = (here: Whereabouts): NavGroup => ({
  title: 'Configure',
  links: [{ href: '/admin/workflows', label: 'Workflows', icon: Workflow, current: here.path === '/admin/workflows' }],
});

/** The name of a list. */
export const listName = (queue: Queue, roles: readonly Role[]): string => {
  const names: Record<Queue, string> = {
    mine: 'My queue',
    done_by_me: 'Done by me',
    role: roleQueueName(roles),
    unrouted: 'Unrouted',
    all: 'All tickets',
  };
  return names[queue];
};
