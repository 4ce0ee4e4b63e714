import { useSearchParams } from '@solidjs/router';
import ListChecks from 'lucide-solid/icons/list-checks';
import { useSigned } from '../../account/gate.tsx';
import { rolesIn } from '../../lib/session.ts';
import { Blank } from '../../ui/blank.tsx';
import { readFilter, type Search } from '../task-filter.ts';
import { Queue } from './queue.tsx';

/** The tickets of which the reader has done a step, wherever they are now. */
export default function DonePage() {
  const me = useSigned();
  const [search] = useSearchParams<Search>();
  return (
    <Queue
      title="Done by me"
      filter={readFilter(search, 'done_by_me')}
      roles={rolesIn(me(), 'tts')}
      empty={
        <Blank heading="h2" icon={ListChecks} title="You have done no step yet">
          Each ticket on which you act stays here, wherever it goes.
        </Blank>
      }
    />
  );
}
