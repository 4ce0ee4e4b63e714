import { A, useSearchParams } from '@solidjs/router';
import { useSigned } from '../../account/gate.tsx';
import { rolesIn } from '../../lib/session.ts';
import { Blank } from '../../ui/blank.tsx';
import { readFilter, type Search } from '../task-filter.ts';
import { peopleOf } from '../tracking-nav.ts';
import { Queue } from './queue.tsx';

/** The tickets that are assigned to the reader. */
export default function MinePage() {
  const me = useSigned();
  const [search] = useSearchParams<Search>();
  const roles = () => rolesIn(me(), 'tts');
  const filter = () => readFilter(search, 'mine');
  return (
    <Queue
      title="My queue"
      filter={filter()}
      roles={roles()}
      empty={
        <Blank
          heading="h2"
          title="Nothing waits for you"
          actions={
            <A class="btn" href="/desk/role">
              See what your role has
            </A>
          }
        >
          New tickets are given out in turn among {peopleOf(roles())}. Yours appear here by themselves.
        </Blank>
      }
    />
  );
}
