import { randomUUID } from 'node:crypto';
import { type WorkflowHandleWithFirstExecutionRunId, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { expect } from 'vitest';
import { isBetweenRuns, sendAgain } from '../../api/commands/send-update.ts';
import { callDeadline } from '../../api/temporal/client.ts';
import { type Bench, type BenchOptions, startBench } from '../bench.fixture.ts';
import { queues, ticketWorkflowId } from '../names.ts';
import { alsoInWords } from './activity-words.ts';
import { type Ledger, openLedger } from './ledger.fixture.ts';
import { type CommandResult, commandUpdate, membersChanged } from './messages.ts';
import type { Command } from './rules/commands/index.ts';
import type { TicketFacts, TicketState } from './rules/state.ts';
import { facts, requester } from './ticket.fixture.ts';
import { ticketLifecycle } from './workflow.ts';

/** A command from a person who sees the current state in PostgreSQL. */
type Said<Kind> = Kind extends Command ? Omit<Kind, 'version'> & { version?: number } : never;

export interface LivingTicket {
  number: string;
  handle: WorkflowHandleWithFirstExecutionRunId<typeof ticketLifecycle>;
  send(command: Said<Command>): Promise<CommandResult>;
  state(): TicketState;
  /** The events so far, for example `opened routed step_entered`. */
  events(): string[];
}

export interface WorkflowBench extends Bench {
  ledger: Ledger;
  submit(facts?: Partial<TicketFacts>): Promise<LivingTicket>;
  /** Milliseconds since 1970, by the server's clock. */
  now(): Promise<number>;
  /** Advances the server's clock to this instant. */
  sleepUntil(instant: number): Promise<void>;
}

let submissions = 0;

/** Ticket workflows on a time-skipping server, with PostgreSQL replaced by memory. */
export const startWorkflowBench = async (options: Partial<BenchOptions> = {}): Promise<WorkflowBench> => {
  const ledger = openLedger();
  const bench = await startBench({
    ...options,
    activities: { ...alsoInWords(ledger.activities), ...options.activities },
  });
  const { env } = bench;
  const submit = async (own: Partial<TicketFacts> = {}): Promise<LivingTicket> => {
    submissions += 1;
    const number = `TX20261123${String(submissions).padStart(6, '0')}`;
    const handle = await env.client.workflow.start(ticketLifecycle, {
      workflowId: ticketWorkflowId(number),
      taskQueue: queues.workflow,
      args: [{ ...facts, number, ...own }],
    });
    return {
      number,
      handle,
      send: (command) => {
        const version = command.version ?? ledger.stateOf(number).version;
        const options = { args: [{ ...command, version }] as [Command], updateId: randomUUID() };
        const update = () => handle.executeUpdate(commandUpdate(command.kind), options);
        // Like the API.
        return sendAgain(update, isBetweenRuns, Date.now() + callDeadline);
      },
      state: () => ledger.stateOf(number),
      events: () => ledger.changesOf(number).flatMap((change) => change.events.map(({ kind }) => kind)),
    };
  };
  return {
    ...bench,
    ledger,
    submit,
    now: () => env.currentTimeMs(),
    async sleepUntil(instant) {
      await env.sleep(Math.max(0, instant - (await env.currentTimeMs())));
    },
  };
};

const coordinator = 20;
export const openHigh = { kind: 'open', priority: 'high', department: 'it', actorId: coordinator } as const;
export const rejectIt = { kind: 'reject', noteId: 1, actorId: coordinator } as const;
export const withdrawIt = { kind: 'withdraw', noteId: 1, actorId: requester } as const;
export const closeIt = { kind: 'close', actorId: requester } as const;
export const act = (transition: string, actorId: number) => ({ kind: 'act', transition, actorId, noteId: 1 }) as const;

/** Brings a ticket through both steps: the first Admin and the first Asset Manager act. */
export const resolve = async (ticket: LivingTicket): Promise<void> => {
  await ticket.send(openHigh);
  await ticket.send(act('submit', 2));
  await ticket.send(act('done', 4));
};

export const hint = ({ handle }: LivingTicket): Promise<void> => handle.signal(membersChanged);

/** The refusal of a command. @throws when it was carried out. */
export const refusalOf = async (sent: Promise<CommandResult>): Promise<{ type: string | null; why: string }> => {
  const error = await sent.then(
    (result) => expect.fail(`It was carried out: ${JSON.stringify(result)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
    return { type: error.cause.type ?? null, why: error.cause.message };
  throw error;
};
