import { A, useParams } from '@solidjs/router';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { listWords, systemWords } from '../lib/labels.ts';
import { roleNamesIn } from '../lib/session.ts';
import { Banner } from '../ui/banner.tsx';
import { Title } from '../ui/title.tsx';
import { Allowed, useSigned } from './gate.tsx';
import { PlainShell } from './plain-shell.tsx';

/** AMS and BMS have roles and admins, but no pages yet. This page says so and leads back. */
export default function ComingSoonPage() {
  const params = useParams<{ system: System }>();
  const me = useSigned();
  const system = () => systemWords[params.system];
  return (
    <Allowed system={params.system}>
      <PlainShell me={me()}>
        <Title of={system().name} />
        <h1>{system().name}</h1>
        <p>{system().does}. This is what exists today.</p>
        <ul class="today">
          <li>The system is registered, and accounts and roles for it are kept with all others.</li>
          <li>You are {listWords(roleNamesIn(me(), params.system))} here.</li>
        </ul>
        <Banner tone="info">
          <p>
            <b>There are no pages to work with yet.</b> Requests that concern{' '}
            {params.system === 'ams' ? 'devices' : 'budgets'} are tickets of the Help Desk until then.
          </p>
        </Banner>
        <p>
          <A class="btn primary" href="/help">
            Ask the Help Desk
          </A>
        </p>
      </PlainShell>
    </Allowed>
  );
}
