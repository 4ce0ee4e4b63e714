import { Show } from 'solid-js';
import type { TaskRow } from '../../api/tracking/task.schema.ts';
import { Sla } from '../ui/sla.tsx';
import { noClockWords, runningDue } from './task-row-words.ts';

/** The time left for the current step; a word where no clock runs. */
export const Due = (props: { task: TaskRow }) => (
  <Show when={runningDue(props.task)} fallback={<span class="subtle">{noClockWords(props.task)}</span>}>
    {(due) => <Sla from={props.task.enteredAt} due={due()} paused={props.task.status === 'on_hold'} />}
  </Show>
);
