import CloudOff from 'lucide-solid/icons/cloud-off';
import { createSignal, onMount, Show } from 'solid-js';
import { loadAgain } from '../lib/leave-page.ts';
import { whyNotLoaded } from '../lib/release.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { Title } from './title.tsx';

const sentences = {
  no_connection: { heading: 'No connection', text: 'The server did not answer, so this page did not load.' },
  new_release: { heading: 'A new version is there', text: 'This page is from before it. Load it again to go on.' },
  unknown: { heading: 'This page did not load', text: 'Try again. If that does not help, load it again.' },
} as const;

/** In place of a page whose code did not load. */
export const PageNotLoaded = (props: { onRetry: () => Promise<void> }) => {
  const [reason, setReason] = createSignal<keyof typeof sentences>('no_connection');
  const [isTrying, setTrying] = createSignal(false);
  onMount(async () => setReason(await whyNotLoaded()));
  const tryAgain = async () => {
    setTrying(true);
    try {
      await props.onRetry();
    } catch {
      // Some browsers remember that a file did not load. Loading the whole page again helps, but only where there is one.
      if (setReason(await whyNotLoaded()) !== 'no_connection') loadAgain();
    } finally {
      setTrying(false);
    }
  };
  return (
    <div class="wrap page">
      <Title of={sentences[reason()].heading} />
      <div class="blank" role="alert">
        <Icon of={CloudOff} />
        <h1>{sentences[reason()].heading}</h1>
        <p>{sentences[reason()].text} What you have written is kept.</p>
        <div class="row-x">
          <Show
            when={reason() === 'new_release'}
            fallback={
              <Button kind="primary" busy={isTrying()} onClick={() => void tryAgain()}>
                Try again
              </Button>
            }
          >
            <Button kind="primary" onClick={loadAgain}>
              Load it again
            </Button>
          </Show>
        </div>
      </div>
    </div>
  );
};
