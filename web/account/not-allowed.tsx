import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { listWords, systemWords } from '../lib/labels.ts';
import { landingOf, type Me, roleNamesIn } from '../lib/session.ts';
import { Title } from '../ui/title.tsx';
import { PlainShell } from './plain-shell.tsx';

/** Says which role opens the area (`roles` are keys) and which roles the reader has, and links to their own pages. */
export const NotAllowed = (props: { me: Me; system: System; roles?: string[] }) => {
  const name = () => systemWords[props.system].name;
  const mine = () => roleNamesIn(props.me, props.system);
  return (
    <PlainShell me={props.me}>
      <Title of="Not open to you" />
      <h1>This page is not open to you</h1>
      <p>
        <Show when={props.roles} fallback={<>It is for people with a role in {name()}.</>}>
          {(roles) => (
            <>
              It needs the role {listWords(roles().map(readableRole)).replace(' and ', ' or ')} in {name()}.
            </>
          )}
        </Show>{' '}
        <Show when={mine().length > 0} fallback={<>You have no role there.</>}>
          Your roles there: {listWords(mine())}.
        </Show>
      </p>
      <p>An administrator of {name()} can give you the role.</p>
      <p>
        <A class="btn primary" href={landingOf(props.me)}>
          Go to your own pages
        </A>
      </p>
    </PlainShell>
  );
};
