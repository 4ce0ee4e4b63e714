import { A } from '@solidjs/router';
import { For, onMount, Show } from 'solid-js';
import type { Category } from '../../../workflows/ticket/rules/words.ts';
import { isProblem, Problem, sentenceOf } from '../../lib/problem.ts';
import { now, since } from '../../lib/time.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import type { Form } from './create-form.ts';
import { labelOf } from './form-errors.ts';

const focusOn = (path: string) => (event: MouseEvent) => {
  event.preventDefault();
  const control = document.getElementById(path);
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
};

interface SummaryProps {
  category: Category;
  errors: [path: string, message: string][];
  ref: (element: HTMLDivElement) => void;
}

/** All errors, above the form; each one links to its field. */
export const Summary = (props: SummaryProps) => (
  <Show when={props.errors.length > 0}>
    <div class="summary" tabindex="-1" ref={props.ref}>
      <Banner tone="bad" alert>
        <p>
          <b>
            {props.errors.length === 1 ? 'One thing' : `${props.errors.length} things`} to fix before we can send this
          </b>
        </p>
        <ul>
          <For each={props.errors}>
            {([path, message]) => (
              <li>
                <a href={`#${path}`} target="_self" onClick={focusOn(path)}>
                  {labelOf(props.category, path)}: {message}
                </a>
              </li>
            )}
          </For>
        </ul>
      </Banner>
    </div>
  </Show>
);

interface NotSentProps {
  error: unknown;
  form: Form;
  onFocus: (element: HTMLDivElement) => void;
}

/** The form was not sent, although its fields are right. The text is kept, and sending it again makes one ticket at most. */
export const NotSent = (props: NotSentProps) => {
  let box: HTMLDivElement | undefined;
  onMount(() => box && props.onFocus(box));
  const isOldKey = () => isProblem(props.error, 'idempotency_key_reused');
  return (
    <div class="summary" tabindex="-1" ref={box}>
      <Banner tone="bad" alert>
        <Show
          when={isOldKey()}
          fallback={
            <p>
              <b>Not sent.</b> {sentenceOf(props.error)} Your text is kept. Send it again; it becomes one ticket only.
            </p>
          }
        >
          <p>
            <b>An earlier version of this form is a ticket already.</b> Look at <A href="/help/tickets">your tickets</A>{' '}
            first.
          </p>
          <p>
            <Button size="small" onClick={props.form.takeNewKey}>
              It is another request
            </Button>
          </p>
        </Show>
        <Show when={props.error instanceof Problem && props.error.requestId}>
          {(id) => <small class="subtle mono">request {id()}</small>}
        </Show>
      </Banner>
    </div>
  );
};

/** Says that the form shows a kept draft, from when it is, and offers to start afresh. */
export const KeptDraft = (props: { form: Form }) => (
  <Show when={props.form.isRestored() && props.form.savedAt()}>
    {(at) => (
      <Banner tone="info" class="kept">
        <p>
          This is your draft, saved {since(at(), now())}.{' '}
          <button type="button" class="linklike" onClick={props.form.startAfresh}>
            Start afresh
          </button>
        </p>
      </Banner>
    )}
  </Show>
);
