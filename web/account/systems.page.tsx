import { A } from '@solidjs/router';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import LaptopMinimal from 'lucide-solid/icons/laptop-minimal';
import LifeBuoy from 'lucide-solid/icons/life-buoy';
import Route from 'lucide-solid/icons/route';
import Wallet from 'lucide-solid/icons/wallet';
import { For } from 'solid-js';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { firstName, listWords, systemWords } from '../lib/labels.ts';
import { homeOf, openTo, roleNamesIn } from '../lib/session.ts';
import { Icon, type LucideIcon } from '../ui/icon.tsx';
import { Title } from '../ui/title.tsx';
import { useSigned } from './gate.tsx';
import { PlainShell } from './plain-shell.tsx';

const icons: Record<System, LucideIcon> = { hdts: LifeBuoy, tts: Route, ams: LaptopMinimal, bms: Wallet };

export default function SystemsPage() {
  const me = useSigned();
  return (
    <PlainShell me={me()}>
      <Title of="Choose a system" />
      <h1>Where to, {firstName(me().user.name)}?</h1>
      <ul class="systems">
        <For each={openTo(me())}>
          {(system) => (
            <li>
              <A href={homeOf(me(), system)}>
                <Icon of={icons[system]} />
                <b>{systemWords[system].name}</b>
                <span>{whatItDoes(system, roleNamesIn(me(), system))}</span>
                <small>{whatYouAre(roleNamesIn(me(), system))}</small>
                <Icon of={ChevronRight} class="end" />
              </A>
            </li>
          )}
        </For>
      </ul>
    </PlainShell>
  );
}

// Only in the help desk people may have no role.
const whatItDoes = (system: System, roles: string[]): string =>
  roles.length > 0 ? systemWords[system].does : 'Ask for help and follow your tickets';

const whatYouAre = (roles: string[]): string =>
  roles.length > 0 ? `You are ${listWords(roles)} there` : 'Everybody with an account can ask';
