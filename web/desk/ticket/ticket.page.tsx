import { A, useParams, useSearchParams } from '@solidjs/router';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import TicketX from 'lucide-solid/icons/ticket-x';
import { createEffect, Match, Show, Switch } from 'solid-js';
import { useSigned } from '../../account/gate.tsx';
import { hasLoaded } from '../../lib/has-loaded.ts';
import { isProblem, sentenceOf } from '../../lib/problem.ts';
import { type Role, rolesIn } from '../../lib/session.ts';
import { shortNumber } from '../../lib/ticket-number.ts';
import { Blank } from '../../ui/blank.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Priority } from '../../ui/priority.tsx';
import { TicketNumber } from '../../ui/ticket-number.tsx';
import { Title } from '../../ui/title.tsx';
import { rememberOpened } from '../opened-ticket.ts';
import { listHref, readFilter, type Search, type TaskFilter } from '../task-filter.ts';
import { type TaskPage, useTask } from '../tasks.data.ts';
import { listName } from '../tracking-nav.ts';
import { FactsPane } from './facts-pane.tsx';
import { History } from './history.tsx';
import { ListPane } from './list-pane.tsx';
import { TicketHead } from './ticket-head.tsx';
import { TicketSkeleton } from './ticket-skeleton.tsx';
import { TicketTools } from './ticket-tools.tsx';
import { subjectId } from './use-go-on.ts';
import './ticket.css';
import './ticket-narrow.css';

/** A ticket with the list it was opened from, its steps, what to do, its history and its facts. */
export default function TicketPage() {
  const params = useParams<{ number: string }>();
  const [search] = useSearchParams<Search>();
  const filter = () => readFilter(search);
  const task = useTask(() => params.number);
  const loaded = (): TaskPage | null => (hasLoaded(task) ? task.data : null);
  const isNotHere = () => isProblem(task.error, 'not_found') || isProblem(task.error, 'forbidden');
  createEffect(() => rememberOpened(params.number));
  return (
    <div class="ticket-page">
      <Title of={[shortNumber(params.number), loaded()?.subject].filter(Boolean).join(' ')} system="Ticket Tracking" />
      <ListPane filter={filter()} current={params.number} />
      <article class="ticket" aria-labelledby={subjectId}>
        <TitleBar number={params.number} task={loaded()} filter={filter()} />
        <Switch>
          <Match when={task.isLoadingError && isNotHere()}>
            <NotHere number={params.number} error={task.error} filter={filter()} />
          </Match>
          <Match when={true}>
            <Loaded query={task} what="The ticket" heading="h2" skeleton={<TicketSkeleton />}>
              {(data) => (
                <Show when={data().number} keyed>
                  <TicketHead task={data()} filter={filter()} />
                  <History ticket={data().ticket} />
                  <FactsPane task={data()} />
                </Show>
              )}
            </Loaded>
          </Match>
        </Switch>
      </article>
    </div>
  );
}

interface TitleBarProps {
  number: string;
  task: TaskPage | null;
  filter: TaskFilter;
}

const TitleBar = (props: TitleBarProps) => {
  const me = useSigned();
  return (
    <header class="titlebar">
      <A
        class="btn quiet square small back no-print"
        href={listHref(props.filter)}
        title={backTo(props.filter, rolesIn(me(), 'tts'))}
      >
        <Icon of={ChevronLeft} />
        <span class="sr">{backTo(props.filter, rolesIn(me(), 'tts'))}</span>
      </A>
      <TicketNumber of={props.number} />
      <h1 id={subjectId} tabindex="-1">
        {props.task?.subject ?? `Ticket ${shortNumber(props.number)}`}
      </h1>
      <Show when={props.task}>{(task) => <Priority of={task().priority} />}</Show>
      <TicketTools />
    </header>
  );
};

const backTo = (filter: TaskFilter, roles: Role[]): string => `Back to ${listName(filter.queue, roles)}`;

const NotHere = (props: { number: string; error: unknown; filter: TaskFilter }) => (
  <div class="alone">
    <Blank
      heading="h2"
      icon={TicketX}
      title={isProblem(props.error, 'not_found') ? 'There is no such ticket' : 'This ticket is not open to you'}
      actions={
        <A class="btn primary" href={listHref(props.filter)}>
          Back to the list
        </A>
      }
    >
      {sentenceOf(props.error)}
    </Blank>
  </div>
);
