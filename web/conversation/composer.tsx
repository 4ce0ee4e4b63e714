import { useQueryClient } from '@tanstack/solid-query';
import Lock from 'lucide-solid/icons/lock';
import Reply from 'lucide-solid/icons/reply';
import { createEffect, createSignal, Match, Show, Switch } from 'solid-js';
import { type Draft, longestMessage, type Voice } from '../../api/messaging/message.schema.ts';
import { sentenceOf } from '../lib/problem.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segments } from '../ui/segments.tsx';
import { usePostMessage } from './conversation.data.ts';
import { createKeptDraft } from './kept-draft.ts';
import './conversation.css';

interface ComposerProps {
  number: string;
  /** Who asked, by first name. */
  requester: string;
  isRequester: boolean;
  voices: readonly Voice[];
  /** What was begun on another device, or before. */
  draft: Draft | null;
}

const otherVoice = (voice: Voice): Voice => (voice === 'public' ? 'internal' : 'public');

/** Where people write on a ticket. The colour of the paper is the colour of what will be posted. */
export const Composer = (props: ComposerProps) => {
  const [text, setText] = createSignal('');
  const [chosen, setChosen] = createSignal<Voice>('public');
  const [asking, setAsking] = createSignal(false);
  let field: HTMLTextAreaElement | undefined;
  const voice = (): Voice => (props.voices.includes(chosen()) ? chosen() : (props.voices[0] ?? 'public'));
  const draft = createKeptDraft(useQueryClient(), props.number, props.draft, (kept) => {
    setText(kept.text);
    setChosen(kept.voice);
  });
  const post = usePostMessage(() => props.number, draft.stop);
  const isNote = () => voice() === 'internal';
  const isTooLong = () => [...text().trim()].length > longestMessage;

  const write = (value: string) => {
    setText(value);
    draft.change({ voice: voice(), text: value });
  };
  const turnTo = (next: Voice) => {
    setChosen(next);
    if (text() !== '') draft.change({ voice: next, text: text() });
    setAsking(false);
    field?.focus();
  };
  // With text in it, the voice does not change by a slip of the hand.
  const choose = (next: Voice) => (text().trim() === '' ? turnTo(next) : setAsking(true));

  const send = () => {
    const words = { voice: voice(), text: text().trim() };
    if (words.text === '' || isTooLong() || post.isPending) return;
    post.mutate(words, {
      onSuccess: ({ id }) => {
        draft.posted();
        // What was typed while the message was on its way stays.
        if (text().trim() === words.text) setText('');
        else draft.change({ voice: voice(), text: text() });
        document.getElementById(`message-${id}`)?.scrollIntoView({ block: 'nearest' });
        field?.focus({ preventScroll: true });
      },
      onError: () => draft.change({ voice: voice(), text: text() }),
    });
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    send();
  };
  createEffect(() => {
    text();
    if (!field) return;
    // Grows with the text, up to a third of the window.
    field.style.setProperty('block-size', 'auto');
    field.style.setProperty('block-size', `${Math.min(field.scrollHeight, innerHeight / 3)}px`);
  });

  const readers = () =>
    props.isRequester ? 'The help desk reads it' : `${props.requester} gets it here and by e-mail`;
  return (
    <form
      class="composer no-print"
      classList={{ internal: isNote() }}
      aria-label={isNote() ? 'Write an internal note' : 'Write a message'}
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={sendByKey}
    >
      <div class="top">
        <Show when={props.voices.length > 1}>
          <Segments
            legend="Who will read it"
            value={asking() ? otherVoice(voice()) : voice()}
            options={[
              { value: 'public', label: 'Public message', icon: Reply },
              { value: 'internal', label: 'Internal note', icon: Lock },
            ]}
            onChange={choose}
          />
        </Show>
        <span class="readers truncate">{isNote() ? `Only staff read it, ${props.requester} does not` : readers()}</span>
      </div>
      <label class="sr" for="message-text">
        {isNote() ? 'Internal note' : 'Message'}
      </label>
      <textarea
        id="message-text"
        ref={field}
        rows={2}
        placeholder={
          isNote() ? 'A note to colleagues' : props.isRequester ? 'Your message' : `Your message to ${props.requester}`
        }
        value={text()}
        onInput={(event) => write(event.currentTarget.value)}
      />
      <Show when={post.isError && !post.isPending}>
        <p class="went-wrong" role="alert">
          {sentenceOf(post.error)} Your text is still here.
        </p>
      </Show>
      <div class="bottom">
        <span class="subtle" role="status">
          <Switch>
            <Match when={isTooLong()}>Too long: at most {longestMessage.toLocaleString('en')} characters.</Match>
            <Match when={draft.state() === 'saving'}>Saving the draft …</Match>
            <Match when={draft.state() === 'saved'}>Draft saved</Match>
            <Match when={draft.state() === 'failed'}>The draft is not saved yet</Match>
          </Switch>
        </span>
        <Button type="submit" kind="primary" size="small" class="push" busy={post.isPending}>
          {isNote() ? 'Add note' : 'Send message'}
          <kbd class="only-wide">Ctrl ↵</kbd>
        </Button>
      </div>
      <Dialog
        open={asking()}
        title={isNote() ? `Let ${props.requester} read this?` : 'Make this an internal note?'}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Leave it as it is</Button>
            <Button kind="primary" onClick={() => turnTo(otherVoice(voice()))}>
              {isNote() ? 'Make it public' : 'Make it internal'}
            </Button>
          </>
        }
      >
        <p>
          {isNote()
            ? `You have begun an internal note. As a public message, ${props.requester} reads it, here and by e-mail.`
            : `You have begun a message to ${props.requester}. As an internal note, only staff read it.`}
        </p>
      </Dialog>
    </form>
  );
};
