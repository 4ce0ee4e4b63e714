import { For, Match, Show, Switch } from 'solid-js';
import { isProblem, sentenceOf } from '../lib/problem.ts';
import { agentSentence, requesterSentence } from '../lib/timeline-sentences.ts';
import { Banner } from './banner.tsx';
import { Sentence } from './timeline.tsx';

interface RefusedProps {
  error: unknown;
  voice: 'agent' | 'requester';
  me: number;
}

/** Why a command was refused. After a conflict it also says what others did meanwhile; by then the page shows it. */
export const Refused = (props: RefusedProps) => {
  const conflict = () => (isProblem(props.error, 'version_conflict') ? props.error : null);
  const sentences = () =>
    (conflict()?.changes ?? []).flatMap((entry) =>
      [props.voice === 'agent' ? agentSentence(entry) : requesterSentence(entry, props.me)].filter(
        (parts) => parts !== null,
      ),
    );
  return (
    <Switch>
      <Match when={conflict()}>
        <Banner tone="warn" alert>
          <p>
            <b>The ticket changed while this page was open.</b> Your action was not carried out. The page shows the new
            state now; look at it and decide again.
          </p>
          <Show when={sentences().length > 0}>
            <ul class="changes">
              <For each={sentences()}>
                {(parts) => (
                  <li>
                    <Sentence parts={parts} />
                  </li>
                )}
              </For>
            </ul>
          </Show>
        </Banner>
      </Match>
      <Match when={props.error}>
        <Banner tone="bad" alert>
          <p>{sentenceOf(props.error)}</p>
        </Banner>
      </Match>
    </Switch>
  );
};
