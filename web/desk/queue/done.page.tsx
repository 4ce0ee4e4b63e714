import { useSearchParams } from '@solidjs/router';
import ListChecks from 'lucide-solid/icons/list-checks';
import { useSigned } from '../../account/gate.tsx';
import { rolesIn } from '../../lib/session.ts';
import { Blank } from '../../ui/blank.tsx';
import { readFilter, type Search } from '../task-filter.ts';
import { Queue } from './queue.tsx';

/** The tickets on which the reader has finished a step, wherever they are now. */
export default function DonePage() {
  const me = useSigned();
  const [search] = useSearchParams<Search>();
  return (
    <Queue
      title="Done by me"
      filter={readFilter(search, 'done_by_me')}
      roles={rolesIn(me(), 'tts')}
      empty={
        <Blank heading="h2" icon={ListChecks} title="You have not finished a step yet">
          Every ticket you act on is listed here, wherever it goes.
        </Blank>
      }
    />
  );
}
