import Archive from 'lucide-solid/icons/archive';
import Check from 'lucide-solid/icons/check';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleMinus from 'lucide-solid/icons/circle-minus';
import CircleX from 'lucide-solid/icons/circle-x';
import CornerUpLeft from 'lucide-solid/icons/corner-up-left';
import Hourglass from 'lucide-solid/icons/hourglass';
import MessageSquare from 'lucide-solid/icons/message-square';
import OctagonAlert from 'lucide-solid/icons/octagon-alert';
import RotateCcwClock from 'lucide-solid/icons/rotate-ccw-clock';
import Route from 'lucide-solid/icons/route';
import RouteOff from 'lucide-solid/icons/route-off';
import Send from 'lucide-solid/icons/send';
import UserRoundCheck from 'lucide-solid/icons/user-round-check';
import Wrench from 'lucide-solid/icons/wrench';
import { createMemo, For, type JSX, Match, mapArray, Show, Switch } from 'solid-js';
import type { TimelineEntry, TimelineEvent } from '../../api/helpdesk/ticket.schema.ts';
import { clockOf, dayHead, dayKey, fullMoment, now } from '../lib/time.ts';
import { agentSentence, requesterSentence, type SentencePart } from '../lib/timeline-sentences.ts';
import { Icon, type LucideIcon } from './icon.tsx';

type Tone = '' | 'good' | 'warn' | 'bad' | 'accent';

const marks: Record<TimelineEvent['kind'], [icon: LucideIcon, tone: Tone]> = {
  submitted: [Send, ''],
  opened: [CircleCheck, 'good'],
  refused: [CircleX, 'bad'],
  routed: [Route, ''],
  unrouted: [RouteOff, 'warn'],
  step_entered: [Route, ''],
  assigned: [UserRoundCheck, ''],
  waiting_for_role: [Hourglass, 'warn'],
  step_done: [Check, 'accent'],
  work_begun: [Wrench, 'accent'],
  told: [MessageSquare, 'accent'],
  overdue: [OctagonAlert, 'bad'],
  resolved: [CircleCheck, 'good'],
  withdrawn: [CircleMinus, ''],
  closed: [Archive, ''],
  caught_up: [RotateCcwClock, 'warn'],
};

const markOf = (event: TimelineEvent): [icon: LucideIcon, tone: Tone] =>
  event.kind === 'step_done' && event.direction === 'back' ? [CornerUpLeft, 'warn'] : marks[event.kind];

export const Sentence = (props: { parts: SentencePart[] }): JSX.Element => (
  <For each={props.parts}>
    {(part) => (
      <Switch fallback={typeof part === 'string' ? part : null}>
        <Match when={typeof part === 'object' && 'b' in part && part.b}>{(text) => <b>{text()}</b>}</Match>
        <Match when={typeof part === 'object' && 'q' in part && part.q}>{(text) => <q>{text()}</q>}</Match>
      </Switch>
    )}
  </For>
);

/** An entry that is only a sentence, without paper around it. */
export const Event = (props: { entry: TimelineEntry; parts: SentencePart[] }) => (
  <li class="event">
    <span class={`dot ${markOf(props.entry.event)[1]}`}>
      <Icon of={markOf(props.entry.event)[0]} />
    </span>
    <p>
      <Sentence parts={props.parts} />{' '}
      <time class="subtle" datetime={props.entry.at} title={fullMoment(props.entry.at)}>
        {clockOf(props.entry.at)}
      </time>
    </p>
  </li>
);

/** Something between the entries: what people have said. */
export interface TimelineItem {
  key: string;
  at: string;
  show: () => JSX.Element;
}

interface TimelineProps {
  entries: TimelineEntry[];
  /** Stands between the entries, by its time. */
  between?: TimelineItem[];
  /** For whom the sentences are: agents, or the requester, who is `me`. */
  voice: 'agent' | 'requester';
  me: number;
  /** Replaces the first entry: the words with which the ticket was sent. */
  request?: () => JSX.Element;
}

/** What has happened, by day, the oldest first. */
export const Timeline = (props: TimelineProps) => {
  const entryItem = (entry: TimelineEntry): TimelineItem[] => {
    const parts = props.voice === 'agent' ? agentSentence(entry) : requesterSentence(entry, props.me);
    if (!parts) return [];
    const request = entry.event.kind === 'submitted' ? props.request : undefined;
    return [{ key: `entry ${entry.id}`, at: entry.at, show: request ?? (() => <Event entry={entry} parts={parts} />) }];
  };
  // An entry stays what it is, so its element stays, too, when the ticket is read again.
  const entryItems = mapArray(() => props.entries, entryItem);
  // The sort is stable: of one instant, the entries come first.
  const items = createMemo(() =>
    [...entryItems().flat(), ...(props.between ?? [])].toSorted((one, other) => one.at.localeCompare(other.at)),
  );
  const isNewDay = (index: number, at: string) => {
    const before = items()[index - 1];
    return !before || dayKey(before.at) !== dayKey(at);
  };
  return (
    <ol class="timeline">
      <For each={items()}>
        {(item, index) => (
          <>
            <Show when={isNewDay(index(), item.at)}>
              <li class="day">{dayHead(item.at, now())}</li>
            </Show>
            {item.show()}
          </>
        )}
      </For>
    </ol>
  );
};
