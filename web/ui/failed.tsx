import CloudOff from 'lucide-solid/icons/cloud-off';
import SearchX from 'lucide-solid/icons/search-x';
import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Problem, sentenceOf } from '../lib/problem.ts';
import { Blank, type BlankProps } from './blank.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface FailedProps {
  /** As in "The tickets did not load". */
  what: string;
  error: unknown;
  heading?: BlankProps['heading'];
  busy?: boolean;
  onRetry: () => void;
}

const isNotThere = (error: unknown): boolean => error instanceof Problem && [403, 404].includes(error.status);

/** Says what did not load, with a button to try again and the request's number. Without the button where it would not help. */
export const Failed = (props: FailedProps) => (
  <Show when={isNotThere(props.error)} fallback={<NotLoaded {...props} />}>
    <Blank
      icon={SearchX}
      title="Not here"
      heading={props.heading}
      actions={
        <a class="btn" href="/">
          Go to your own pages
        </a>
      }
    >
      {sentenceOf(props.error)}
    </Blank>
  </Show>
);

const NotLoaded = (props: FailedProps) => (
  <div class="blank" role="alert">
    <Icon of={CloudOff} />
    <Dynamic component={props.heading ?? 'h3'}>{props.what} did not load</Dynamic>
    <p>{sentenceOf(props.error)} Nothing was changed.</p>
    <div class="row-x">
      <Button kind="primary" busy={props.busy} onClick={props.onRetry}>
        Try again
      </Button>
    </div>
    <Show when={props.error instanceof Problem && props.error.requestId}>
      {(id) => <small class="subtle mono">request {id()}</small>}
    </Show>
  </div>
);
