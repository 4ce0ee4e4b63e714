import Lock from 'lucide-solid/icons/lock';
import Pencil from 'lucide-solid/icons/pencil';
import Undo2 from 'lucide-solid/icons/undo-2';
import { createSignal, onMount, Show } from 'solid-js';
import type { Message } from '../../api/messaging/message.schema.ts';
import { useSigned } from '../account/gate.tsx';
import { createKeptText } from '../lib/create-kept-text.ts';
import { sentenceOf } from '../lib/problem.ts';
import { clockOf, fullMoment, now } from '../lib/time.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { LongText } from '../ui/long-text.tsx';
import { useChangeMessage } from './conversation.data.ts';

interface MessageItemProps {
  message: Message;
  requester: { id: number; firstName: string };
}

/** One message in the timeline. Its author can edit it, and take it back for a while. */
export const MessageItem = (props: MessageItemProps) => {
  const me = useSigned();
  const change = useChangeMessage(() => props.message.ticket);
  // What is written outlives a reload; it belongs to the message and not to the element.
  const kept = createKeptText(`edit:${props.message.id}`);
  const [isEditing, setEditing] = createSignal(kept.text() !== '');
  const begin = () => {
    if (kept.text() === '') kept.write(props.message.text ?? '');
    setEditing(true);
  };
  const leave = () => {
    kept.clear();
    setEditing(false);
  };
  let item: HTMLLIElement | undefined;
  const isNote = () => props.message.voice === 'internal';
  const isMine = () => props.message.author.id === me().user.id;
  const role = () => (props.message.author.id === props.requester.id ? 'asked' : isNote() ? 'noted' : 'answered');
  const canTakeBack = () => {
    const until = props.message.takeBackUntil;
    return until !== null && now() < Date.parse(until);
  };
  const save = () => {
    const text = kept.text().trim();
    if (text === '' || change.isPending) return;
    change.mutate({ id: props.message.id, text }, { onSuccess: leave });
  };
  // A notification leads here.
  onMount(() => location.hash === `#message-${props.message.id}` && item?.scrollIntoView({ block: 'center' }));
  return (
    <li ref={item} id={`message-${props.message.id}`} class="msg" classList={{ public: !isNote(), note: isNote() }}>
      <Avatar name={props.message.author.name} large me={isMine()} />
      <article aria-label={`${isNote() ? 'Internal note' : 'Public message'} from ${props.message.author.name}`}>
        <Show when={isNote()}>
          <div class="band">
            <Icon of={Lock} />
            Internal note. {props.requester.firstName} does not see this.
          </div>
        </Show>
        <header>
          <b>{props.message.author.name}</b>
          <span class="muted">{role()}</span>
          <Show when={props.message.editedAt}>
            {(at) => (
              <span class="subtle" title={fullMoment(at())}>
                edited
              </span>
            )}
          </Show>
          <time datetime={props.message.postedAt} title={fullMoment(props.message.postedAt)}>
            {clockOf(props.message.postedAt)}
          </time>
        </header>
        <div class="body">
          <Show when={props.message.text !== null} fallback={<p class="muted">Taken back by its author.</p>}>
            <Show when={isEditing()} fallback={<LongText text={props.message.text ?? ''} />}>
              <label class="sr" for={`edit-${props.message.id}`}>
                The message
              </label>
              <textarea
                id={`edit-${props.message.id}`}
                class="input"
                rows={3}
                ref={(field) => queueMicrotask(() => field.focus())}
                value={kept.text()}
                onInput={(event) => kept.write(event.currentTarget.value)}
              />
              <div class="row-x">
                <Button size="small" kind="primary" busy={change.isPending} onClick={save}>
                  Save
                </Button>
                <Button size="small" onClick={leave}>
                  Leave as it was
                </Button>
              </div>
            </Show>
          </Show>
          <Show when={change.isError && !change.isPending}>
            <p class="went-wrong" role="alert">
              {sentenceOf(change.error)}
            </p>
          </Show>
        </div>
        <Show when={isMine() && props.message.text !== null && !isEditing()}>
          <div class="own no-print">
            <Button kind="quiet" size="small" icon={Pencil} onClick={begin}>
              Edit
            </Button>
            <Show when={canTakeBack()}>
              <Button
                kind="quiet"
                size="small"
                icon={Undo2}
                busy={change.isPending}
                title="For everybody, within 15 minutes"
                onClick={() => change.mutate({ id: props.message.id, text: null })}
              >
                Take back
              </Button>
            </Show>
          </div>
        </Show>
      </article>
    </li>
  );
};
