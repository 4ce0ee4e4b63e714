import { createMemo, type JSX, mapArray, Show } from 'solid-js';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { useSigned } from '../account/gate.tsx';
import { hasLoaded } from '../lib/has-loaded.ts';
import { firstName } from '../lib/labels.ts';
import { sentenceOf } from '../lib/problem.ts';
import { Button } from '../ui/button.tsx';
import { Timeline, type TimelineItem } from '../ui/timeline.tsx';
import { Composer } from './composer.tsx';
import { messagesOf, useMessages } from './conversation.data.ts';
import { MessageItem } from './message-item.tsx';
import './conversation.css';

interface ConversationProps {
  ticket: TicketView;
  /** For whom the sentences of the timeline are. */
  voice: 'agent' | 'requester';
  /** Replaces the timeline's first entry. */
  request?: () => JSX.Element;
}

/** What has happened to the ticket and what people have said on it, with the place to write under it. */
export const Conversation = (props: ConversationProps) => {
  const me = useSigned();
  const messages = useMessages(() => props.ticket.number);
  const requester = () => ({ id: props.ticket.requester.id, firstName: firstName(props.ticket.requester.name) });
  const pages = () => (hasLoaded(messages) ? messages.data.pages : []);
  const all = createMemo(() => messagesOf({ pages: pages() }));
  // One element for each message, so that what its author edits in it stays when the messages are read again.
  const items = mapArray(
    all,
    (message): TimelineItem => ({
      key: `message ${message.id}`,
      at: message.postedAt,
      show: () => <MessageItem message={message} requester={requester()} />,
    }),
  );
  return (
    <>
      <Show when={messages.hasNextPage}>
        <p class="earlier">
          <Button size="small" busy={messages.isFetchingNextPage} onClick={() => messages.fetchNextPage()}>
            Show earlier messages
          </Button>
        </p>
      </Show>
      <Timeline
        entries={props.ticket.timeline}
        between={items()}
        voice={props.voice}
        me={me().user.id}
        request={props.request}
      />
      <Show when={messages.isLoadingError}>
        <p class="went-wrong" role="alert">
          The messages could not be read. {sentenceOf(messages.error)}
        </p>
      </Show>
      <Show when={pages()[0]}>
        {(page) => (
          <div class="pen">
            <Show when={page().voices.length > 0} fallback={<p class="muted">{page().whyNot}</p>}>
              <Composer
                number={props.ticket.number}
                requester={requester().firstName}
                isRequester={requester().id === me().user.id}
                voices={page().voices}
                draft={page().draft}
              />
            </Show>
          </div>
        )}
      </Show>
    </>
  );
};
