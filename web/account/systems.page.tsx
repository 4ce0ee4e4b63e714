import { A } from '@solidjs/router';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import LaptopMinimal from 'lucide-solid/icons/laptop-minimal';
import LifeBuoy from 'lucide-solid/icons/life-buoy';
import Route from 'lucide-solid/icons/route';
import Wallet from 'lucide-solid/icons/wallet';
import { For, Show } from 'solid-js';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { firstName, listWords, systemWords } from '../lib/labels.ts';
import { homeOf } from '../lib/session.ts';
import { Blank } from '../ui/blank.tsx';
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
      <Show
        when={me().systems.length > 0}
        fallback={
          <Blank title="No system is open to you">
            Your account has no role yet. An administrator of your organisation can give you one.
          </Blank>
        }
      >
        <ul class="systems">
          <For each={me().systems}>
            {(system) => (
              <li>
                <A href={homeOf(me(), system.slug)}>
                  <Icon of={icons[system.slug]} />
                  <b>{systemWords[system.slug].name}</b>
                  <span>{systemWords[system.slug].does}</span>
                  <small>You are {listWords(system.roles.map(({ name }) => name))} there</small>
                  <Icon of={ChevronRight} class="end" />
                </A>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </PlainShell>
  );
}
