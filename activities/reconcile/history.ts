import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { z } from 'zod';
import { type Command, commandKinds } from '../../workflows/ticket/rules/commands.ts';
import type { Pinned } from '../../workflows/ticket/rules/lifecycle.ts';
import { submitted, type TicketState } from '../../workflows/ticket/rules/state.ts';
import { isWellFormed } from '../../workflows/ticket/rules/well-formed.ts';
import { ticketState } from './state.schema.ts';
import type { Workflows } from './workflows.ts';

export type HistoryEvents = NonNullable<Awaited<ReturnType<Workflows['historyOf']>>>;

/** A version that a run knows of, and how it came about. */
export interface Step {
  state: TicketState;
  /** Null: a timer, a change of members, or a command of which the run has lost the record. */
  command: Command | null;
  /** The workflow's own clock when it made the change, in milliseconds since 1970. */
  at: number;
}

/** What the history of one run tells of its ticket. */
export interface RunStory {
  /** The state with which the run began. */
  from: TicketState;
  /** The run that it continues. */
  before: string | null;
  /** In the order of their versions. */
  steps: Step[];
  /** The workflow definitions that it read. */
  pins: Pinned[];
}

const time = z.object({ seconds: z.number(), nanos: z.number() });
const marker = z.object({ activity_type: z.string(), complete_time: time });
const pin = z.custom<Pinned>(
  (value) =>
    z.object({ workflowVersionId: z.int(), definition: z.object({ steps: z.array(z.unknown()) }) }).safeParse(value)
      .success,
);

const momentOf = ({ seconds, nanos }: { seconds?: unknown; nanos?: number | null }): number =>
  Number(seconds ?? 0) * 1_000 + Math.floor((nanos ?? 0) / 1_000_000);

const read = (payload: Payload | null | undefined): unknown =>
  payload ? defaultPayloadConverter.fromPayload(payload) : null;

const readCommand = (name: string | null | undefined, args: Payload[] | null | undefined): Command | null => {
  const kind = commandKinds.find((candidate) => candidate === name);
  const command = read(args?.[0]);
  return kind && isWellFormed(kind, command) ? command : null;
};

/** Reads what the workflow has recorded from the markers of its local activities, and who commanded it from the updates. */
export const storyOf = (events: HistoryEvents): RunStory => {
  const story: RunStory = { from: submitted, before: null, steps: [], pins: [] };
  const commands = new Map<string, Command>();
  let now = 0;
  for (const event of events) {
    const { workflowExecutionStartedEventAttributes: started, markerRecordedEventAttributes: marked } = event;
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
    if (started) {
      story.before = started.continuedExecutionRunId || null;
      story.from = ticketState.nullish().parse(read(started.input?.payloads?.[1])) ?? submitted;
    } else if (event.workflowTaskStartedEventAttributes && event.eventTime) {
      // A worker that was slow to answer is not the workflow's clock: only tasks and local activities move it.
      now = Math.max(now, momentOf(event.eventTime));
    } else if (accepted) {
      const command = readCommand(accepted.input?.name, accepted.input?.args?.payloads);
      if (command && accepted.meta?.updateId) commands.set(accepted.meta.updateId, command);
    } else if (marked?.markerName === 'core_local_activity' && !marked.failure) {
      const { activity_type, complete_time } = marker.parse(read(marked.details?.data?.payloads?.[0]));
      const result = read(marked.details?.result?.payloads?.[0]);
      if (activity_type === 'recordChange' || activity_type === 'currentState') {
        const state = ticketState.parse(result);
        if (state.version > (story.steps.at(-1) ?? { state: story.from }).state.version)
          story.steps.push({ state, command: commands.get(state.changeId) ?? null, at: now });
      } else if (pin.safeParse(result).success) story.pins.push(pin.parse(result));
      now = Math.max(now, momentOf(complete_time));
    }
  }
  return story;
};
