import Archive from 'lucide-solid/icons/archive';
import Check from 'lucide-solid/icons/check';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleMinus from 'lucide-solid/icons/circle-minus';
import CircleX from 'lucide-solid/icons/circle-x';
import CornerUpLeft from 'lucide-solid/icons/corner-up-left';
import Hourglass from 'lucide-solid/icons/hourglass';
import OctagonAlert from 'lucide-solid/icons/octagon-alert';
import RotateCcwClock from 'lucide-solid/icons/rotate-ccw-clock';
import Route from 'lucide-solid/icons/route';
import RouteOff from 'lucide-solid/icons/route-off';
import Send from 'lucide-solid/icons/send';
import UserRoundCheck from 'lucide-solid/icons/user-round-check';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { TimelineEntry, TimelineEvent } from '../../api/helpdesk/ticket.schema.ts';
import { agentStory, type Part, requesterStory } from '../lib/story.ts';
import { clockOf, dayHead, dayKey, fullMoment, now } from '../lib/time.ts';
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
  overdue: [OctagonAlert, 'bad'],
  resolved: [CircleCheck, 'good'],
  withdrawn: [CircleMinus, ''],
  closed: [Archive, ''],
  caught_up: [RotateCcwClock, 'warn'],
};

const markOf = (event: TimelineEvent): [icon: LucideIcon, tone: Tone] =>
  event.kind === 'step_done' && event.direction === 'back' ? [CornerUpLeft, 'warn'] : marks[event.kind];

export const Sentence = (props: { parts: Part[] }): JSX.Element => (
  <For each={props.parts}>
    {(part) => (
      <Switch fallback={typeof part === 'string' ? part : null}>
        <Match when={typeof part === 'object' && 'b' in part && part.b}>{(text) => <b>{text()}</b>}</Match>
        <Match when={typeof part === 'object' && 'q' in part && part.q}>{(text) => <q>{text()}</q>}</Match>
      </Switch>
    )}
  </For>
);

/** One line without paper. */
export const Event = (props: { entry: TimelineEntry; parts: Part[] }) => (
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

interface TimelineProps {
  entries: TimelineEntry[];
  /** Whose words: those of the agents, or of the requester, who is `me`. */
  voice: 'agent' | 'requester';
  me: number;
  /** Takes the place of the first line: the words with which the ticket was sent. */
  asked?: () => JSX.Element;
}

/** What has happened, by day, the oldest first. */
export const Timeline = (props: TimelineProps) => {
  const told = () =>
    props.entries.flatMap((entry) => {
      const parts = props.voice === 'agent' ? agentStory(entry) : requesterStory(entry, props.me);
      return parts ? [{ entry, parts }] : [];
    });
  const isNewDay = (index: number, entry: TimelineEntry) => {
    const before = told()[index - 1];
    return !before || dayKey(before.entry.at) !== dayKey(entry.at);
  };
  return (
    <ol class="timeline">
      <For each={told()}>
        {(line, index) => (
          <>
            <Show when={isNewDay(index(), line.entry)}>
              <li class="day">{dayHead(line.entry.at, now())}</li>
            </Show>
            <Show
              when={line.entry.event.kind === 'submitted' && props.asked}
              fallback={<Event entry={line.entry} parts={line.parts} />}
            >
              {(asked) => asked()()}
            </Show>
          </>
        )}
      </For>
    </ol>
  );
};
