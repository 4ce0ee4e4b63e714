import { Show } from 'solid-js';
import { useTaskCounts } from '../../desk/tasks.data.ts';
import { hasLoaded } from '../../lib/has-loaded.ts';
import { clockOf, now } from '../../lib/time.ts';
import { Banner } from '../../ui/banner.tsx';
import { Title } from '../../ui/title.tsx';
import { ByRole } from './by-role.tsx';
import { ByStatus } from './by-status.tsx';
import { DueNext } from './due-next.tsx';
import { KeyFigures } from './key-figures.tsx';

/** The state of all work now. What needs an admin comes first. */
export default function OverviewPage() {
  const counts = useTaskCounts();
  const unrouted = () => (hasLoaded(counts) ? (counts.data.unrouted ?? 0) : 0);
  return (
    <div class="over">
      <Title of="Overview" system="Ticket Tracking" />
      <div class="bar">
        <h1>Overview</h1>
        <span class="muted as-of">as of {clockOf(new Date(counts.dataUpdatedAt || now()).toISOString())}</span>
      </div>
      <div class="grid">
        <Show when={unrouted() > 0}>
          <Banner tone="warn">
            <p>
              <b>{unrouted() === 1 ? '1 ticket follows' : `${unrouted()} tickets follow`} no workflow.</b> Nobody works
              on {unrouted() === 1 ? 'it' : 'them'} until you choose one.{' '}
              <a href="/admin/unrouted">Choose {unrouted() === 1 ? 'it' : 'them'} now</a>
            </p>
          </Banner>
        </Show>
        <KeyFigures counts={counts} />
        <DueNext />
        <div class="w4 stack">
          <ByRole />
          <ByStatus />
        </div>
      </div>
    </div>
  );
}
