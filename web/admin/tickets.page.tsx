import { useSearchParams } from '@solidjs/router';
import { Queue } from '../desk/queue/queue.tsx';
import { readFilter, type Search } from '../desk/task-filter.ts';
import { useWorkflows } from '../desk/workflows.data.ts';
import { hasLoaded } from '../lib/has-loaded.ts';
import { Blank } from '../ui/blank.tsx';
import { rolesOfWorkflows } from './workflow-words.ts';

/** Every ticket that was opened, also those that are over. */
export default function TicketsPage() {
  const [search] = useSearchParams<Search>();
  const workflows = useWorkflows();
  const roles = () => (hasLoaded(workflows) ? rolesOfWorkflows(workflows.data.items) : []);
  return (
    <Queue
      title="All tickets"
      filter={readFilter(search, 'all')}
      roles={roles()}
      workflows
      empty={
        <Blank heading="h2" title="No ticket yet">
          Tickets appear here as soon as a coordinator has opened them.
        </Blank>
      }
    />
  );
}
