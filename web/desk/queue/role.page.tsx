import { useSearchParams } from '@solidjs/router';
import Users from 'lucide-solid/icons/users';
import { useSigned } from '../../account/gate.tsx';
import { rolesIn } from '../../lib/session.ts';
import { Blank } from '../../ui/blank.tsx';
import { readFilter, type Search } from '../task-filter.ts';
import { peopleOf, roleQueueName } from '../tracking-nav.ts';
import { Queue } from './queue.tsx';

/** The tickets of the reader's roles: their own, their colleagues', and those that wait for anybody. */
export default function RolePage() {
  const me = useSigned();
  const [search] = useSearchParams<Search>();
  const roles = () => rolesIn(me(), 'tts');
  return (
    <Queue
      title={roleQueueName(roles())}
      filter={readFilter(search, 'role')}
      roles={roles()}
      empty={
        <Blank heading="h2" icon={Users} title="No ticket is here">
          Tickets on a step for {peopleOf(roles())} appear here, whoever has them.
        </Blank>
      }
    />
  );
}
