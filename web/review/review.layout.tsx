import type { RouteSectionProps } from '@solidjs/router';
import Archive from 'lucide-solid/icons/archive';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDot from 'lucide-solid/icons/circle-dot';
import CircleX from 'lucide-solid/icons/circle-x';
import Inbox from 'lucide-solid/icons/inbox';
import LifeBuoy from 'lucide-solid/icons/life-buoy';
import List from 'lucide-solid/icons/list';
import { Allowed, useSigned } from '../account/gate.tsx';
import { hasLoaded } from '../lib/has-loaded.ts';
import { hasRole } from '../lib/session.ts';
import { useTicketCounts } from '../lib/tickets.data.ts';
import { DeskShell, type NavGroup } from '../ui/desk-shell.tsx';
import type { LucideIcon } from '../ui/icon.tsx';
import { type ReviewView, reviewPath, reviewViews, statusesOf, viewOf } from './review-views.ts';
import './review.css';
import './review-form.css';

const reviewers = ['ticket_coordinator', 'admin'];

export default function ReviewLayout(props: RouteSectionProps) {
  return (
    <Allowed system="hdts" roles={reviewers}>
      <ReviewShell {...props} />
    </Allowed>
  );
}

const ReviewShell = (props: RouteSectionProps) => {
  const me = useSigned();
  const counts = useTicketCounts(() => ({ scope: 'all' }));
  const current = () => viewOf(statusesOf(String(props.location.query.status ?? '')));
  const countOf = (view: ReviewView) =>
    hasLoaded(counts) ? view.statuses.reduce((sum, status) => sum + (counts.data.counts[status] ?? 0), 0) : null;
  const link = (view: ReviewView, icon: LucideIcon) => ({
    href: reviewPath(view.statuses),
    label: view.label,
    icon,
    current: current().label === view.label,
    count: countOf(view),
  });
  const nav = (): NavGroup[] => [
    {
      title: 'Tickets',
      links: [
        link(reviewViews.fresh, Inbox),
        link(reviewViews.work, CircleDot),
        link(reviewViews.resolved, CircleCheck),
        link(reviewViews.rejected, CircleX),
        link(reviewViews.over, Archive),
        link(reviewViews.all, List),
      ],
    },
    {
      title: 'For myself',
      links: [{ href: '/help', label: 'Ask the Help Desk', icon: LifeBuoy, current: false }],
    },
  ];
  return (
    <DeskShell
      me={me()}
      system="Help Desk"
      subtitle={hasRole(me(), 'hdts', 'ticket_coordinator') ? 'Coordinator' : 'Admin'}
      home="/review"
      nav={nav()}
    >
      {props.children}
    </DeskShell>
  );
};
