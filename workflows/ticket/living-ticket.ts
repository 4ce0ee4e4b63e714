import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  currentUpdateInfo,
  patched,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { DeadlineTimer } from './deadline-timer.ts';
import {
  type CommandResult,
  commandUpdate,
  isChangeId,
  membersChanged,
  refusalTypes,
  renewing,
  stateQuery,
} from './messages.ts';
import { pinnedVersion, type Run, record } from './projection.ts';
import type { Change, Pinned } from './rules/change.ts';
import { isWholeCommand, plainNames, type Situation, whyNot } from './rules/command.ts';
import { type Command, commands, type Declaration } from './rules/commands/index.ts';
import { notAllowed, type Refusal, sentences, stale } from './rules/refusal.ts';
import { deadlineOf, type TicketFacts, type TicketState } from './rules/state.ts';
import { type StoredState, stateOf } from './rules/upgrade.ts';
import { showInTemporal, shownAtFirst } from './temporal-web.ts';

/** A command that waits for its answer. */
export interface Sent {
  command: Command;
  changeId: string;
}

/** What wakes the main loop. */
export type Wake = ({ by: 'command' } & Sent) | { by: 'members' } | { by: 'time' };

type Answer = { result: CommandResult } | { refusal: Refusal };

interface Waiting extends Sent {
  /** Null until the main loop has carried it out or refused it. */
  answer: Answer | null;
}

// Temporal ends a run at 2,000 updates and suggests a new one at 4,096 events; we stay clear of both.
const updatesPerRun = 1_500;

const refusalFailure = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.nonRetryable(refusal.why, refusalTypes[refusal.type]);

/**
 * A running ticket: its state and the inbox for commands. Update handlers only put a command into the inbox and wait; the
 * main loop is the single writer.
 */
export class LivingTicket implements Run {
  readonly facts: TicketFacts;
  // Asked once, because all of a run must go by one answer.
  readonly inWords = patched('activities-in-words');
  state: TicketState;
  pinned: Pinned | null = null;
  #shown: ReturnType<typeof shownAtFirst>;
  #timer = new DeadlineTimer();
  #inbox: Waiting[] = [];
  #membersChanged = false;
  #updates = 0;
  #isRenewing = false;

  constructor(facts: TicketFacts, resumeFrom: StoredState | null) {
    this.facts = facts;
    this.state = stateOf(resumeFrom);
    this.#shown = shownAtFirst(resumeFrom !== null);
    for (const declaration of commands) {
      setHandler(commandUpdate(declaration.kind), (command) => this.#take(command), {
        validator: (command) => this.#validate(declaration, command),
      });
    }
    setHandler(membersChanged, () => {
      this.#membersChanged = true;
    });
    setHandler(stateQuery, () => this.state);
  }

  /** Loads the pinned definition of a resumed run. */
  async resume(): Promise<void> {
    if (this.state.workflowVersionId !== null) this.pinned = await pinnedVersion(this, this.state.workflowVersionId);
    this.#show();
  }

  /** Waits for a command, a change of members or the ticket's deadline, whichever comes first. */
  async next(): Promise<Wake> {
    const deadline = deadlineOf(this.state);
    await this.#startAnewWhenLong();
    const awake = () => this.#isAwake();
    await (deadline === null ? condition(awake) : this.#timer.waitUntil(deadline, awake));
    const sent = this.#inbox[0];
    if (sent) return { by: 'command', command: sent.command, changeId: sent.changeId };
    if (!this.#membersChanged) return { by: 'time' };
    this.#membersChanged = false;
    return { by: 'members' };
  }

  /** The input of the rules. */
  situation(): Situation {
    return {
      facts: this.facts,
      state: this.state,
      definition: this.pinned?.definition ?? null,
      names: plainNames,
    };
  }

  /**
   * Records the change in PostgreSQL, then takes over the recorded state. Returns false when another change already had this
   * version, because the workflow had lost its last change; the state is then that change's.
   */
  async commit(change: Change, command: Command | null, summary: string): Promise<boolean> {
    const stored = await record(this, change, command, summary);
    await this.adopt(stored);
    return stored.changeId === change.state.changeId;
  }

  /** Answers the command at the head of the inbox. */
  answer(answer: Answer): void {
    const sent = this.#inbox.shift();
    if (sent) sent.answer = answer;
  }

  /** Before the workflow ends, everyone who waits must have an answer. */
  async finish(): Promise<void> {
    while (this.#inbox.length > 0) this.answer({ refusal: notAllowed(sentences.over) });
    await condition(allHandlersFinished);
  }

  async adopt(stored: TicketState): Promise<void> {
    // A row restored from a backup may be behind. Then the reconciler updates it from our state, so we ignore it.
    if (stored.version < this.state.version) return;
    this.state = stored;
    const id = stored.workflowVersionId;
    if (id !== null && this.pinned?.workflowVersionId !== id) this.pinned = await pinnedVersion(this, id);
    this.#show();
  }

  #show(): void {
    this.#shown = showInTemporal(this.facts, this.state, this.pinned, this.#shown);
  }

  #validate(declaration: Declaration, command: Command): void {
    if (!isWholeCommand(declaration, command) || !isChangeId(currentUpdateInfo()?.id ?? ''))
      throw refusalFailure(notAllowed(sentences.notWhole(declaration.kind)));
    if (this.#isRenewing)
      throw ApplicationFailure.nonRetryable(
        'The next run of this ticket is starting. Send the command again.',
        renewing,
      );
    if (this.#isResuming()) return;
    const refusal =
      this.#inbox.length > 0 ? stale(sentences.somebodyElseActs) : whyNot(declaration, this.situation(), command);
    if (refusal) throw refusalFailure(refusal);
  }

  // A command may arrive before a new run has loaded its definition. The main loop checks it later.
  #isResuming(): boolean {
    return this.state.workflowVersionId !== null && this.pinned === null;
  }

  async #take(command: Command): Promise<CommandResult> {
    this.#updates += 1;
    const sent: Waiting = { command, changeId: currentUpdateInfo()?.id ?? command.kind, answer: null };
    this.#inbox.push(sent);
    await condition(() => sent.answer !== null);
    if (sent.answer && 'result' in sent.answer) return sent.answer.result;
    throw refusalFailure(sent.answer?.refusal ?? stale('The command got no answer.'));
  }

  #isAwake(): boolean {
    return this.#inbox.length > 0 || this.#membersChanged;
  }

  async #startAnewWhenLong(): Promise<void> {
    if (!workflowInfo().continueAsNewSuggested && this.#updates < updatesPerRun) return;
    // Under a constant stream of commands a run would never end, so from now on commands are for the next run.
    this.#isRenewing = true;
    if (this.#isAwake()) return;
    await condition(allHandlersFinished);
    // Continue as new in a separate workflow task: if something arrives meanwhile, Temporal drops the task that ends the run,
    // and the answer to the last command would be lost with it.
    await sleep(1);
    if (this.#isAwake()) return;
    await continueAsNew(this.facts, this.state);
  }
}
