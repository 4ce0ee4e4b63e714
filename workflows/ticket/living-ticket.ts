import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  currentUpdateInfo,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { Alarm } from './deadline-timer.ts';
import { type CommandResult, commandUpdate, membersChanged, refusalTypes, renewing, stateQuery } from './messages.ts';
import { currentState, pinnedVersion, record, refusalBy } from './projection.ts';
import { type Command, type CommandKind, commandKinds } from './rules/commands.ts';
import type { Change, Pinned } from './rules/lifecycle.ts';
import { submitted, type TicketFacts, type TicketState } from './rules/state.ts';
import { isChangeId, isWellFormed } from './rules/well-formed.ts';
import { type Refusal, whyNot } from './rules/why-not.ts';
import { showInTemporal, shownAtStart } from './temporal-web.ts';

/** What wakes the main loop. */
export type Wake = { kind: 'command'; command: Command; changeId: string } | { kind: 'members' } | { kind: 'time' };

interface Sent {
  command: Command;
  changeId: string;
  /** Null until the main loop has carried it out or refused it. */
  answer: { result: CommandResult } | { refusal: Refusal } | null;
}

// Temporal ends a run at 2,000 updates and suggests a new one at 4,096 events; we stay clear of both.
const updatesPerRun = 1_500;

const refusalFailure = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.nonRetryable(refusal.why, refusalTypes[refusal.type]);

/**
 * The living ticket: its state and the one inbox through which people reach it. Handlers only put a command down and
 * wait; the main loop is the single writer.
 */
export class LivingTicket {
  readonly facts: TicketFacts;
  state: TicketState;
  pinned: Pinned | null = null;
  #shown = shownAtStart;
  #alarm = new Alarm();
  #inbox: Sent[] = [];
  #membersChanged = false;
  #updates = 0;
  #isRenewing = false;

  constructor(facts: TicketFacts, resumeFrom: TicketState | null) {
    this.facts = facts;
    this.state = resumeFrom ?? submitted;
    for (const kind of commandKinds) {
      setHandler(commandUpdate(kind), (command) => this.#take(command), {
        validator: (command) => this.#validate(kind, command),
      });
    }
    setHandler(membersChanged, () => {
      this.#membersChanged = true;
    });
    setHandler(stateQuery, () => this.state);
  }

  /** Loads what a resumed run needs besides its state. */
  async resume(): Promise<void> {
    if (this.state.workflowVersionId !== null) this.pinned = await pinnedVersion(this.state.workflowVersionId);
    this.#show();
  }

  /** Waits for a command, a change of members or the deadline (milliseconds since 1970), whichever comes first. */
  async next(deadline: number | null = null): Promise<Wake> {
    await this.#startAnewWhenLong();
    const awake = () => this.#isAwake();
    await (deadline === null ? condition(awake) : this.#alarm.waitUntil(deadline, awake));
    const sent = this.#inbox[0];
    if (sent) return { kind: 'command', command: sent.command, changeId: sent.changeId };
    if (!this.#membersChanged) return { kind: 'time' };
    this.#membersChanged = false;
    return { kind: 'members' };
  }

  /**
   * Writes the change to PostgreSQL, then makes it ours. Returns false when another change had taken its version before
   * (the workflow had lost its last step): then that one is ours now.
   */
  async commit(change: Change, command: Command | null, summary: string): Promise<boolean> {
    const stored = await record(this.facts, change, command, summary);
    await this.#adopt(stored);
    return stored.changeId === change.state.changeId;
  }

  /** Carries out the command at the head of the inbox and answers it. */
  async carryOut(change: Change, command: Command, summary: string): Promise<void> {
    if (await this.commit(change, command, summary)) this.#answer();
    else this.#refuse({ type: 'stale', why: 'The ticket has changed meanwhile. Look at it again, then decide.' });
  }

  #answer(): void {
    const sent = this.#inbox.shift();
    if (sent) sent.answer = { result: { status: this.state.status, version: this.state.version } };
  }

  #refuse(refusal: Refusal): void {
    const sent = this.#inbox.shift();
    if (sent) sent.answer = { refusal };
  }

  /** Lets the command at the head of the inbox be carried out; who sent it hears when that is refused. */
  async obey(command: Command, carryOut: () => Promise<void>): Promise<void> {
    const refusal = (await this.#reconsider(command)) ?? (await refusalBy(carryOut));
    if (refusal) this.#refuse(refusal);
  }

  /** Looks at a command once more before it is carried out; catches up first when its sender saw a newer version. */
  async #reconsider(command: Command): Promise<Refusal | null> {
    if (command.version > this.state.version) await this.#adopt(await currentState(this.facts.number));
    if (command.version > this.state.version)
      return { type: 'stale', why: `The ticket has no version ${command.version}. Load it again.` };
    return whyNot(this.facts, this.state, this.pinned?.definition ?? null, command);
  }

  /** Before the workflow ends, everyone who waits must have an answer. */
  async finish(): Promise<void> {
    const why = 'This ticket is over.';
    while (this.#inbox.length > 0) this.#refuse({ type: 'notAllowed', why });
    await condition(allHandlersFinished);
  }

  async #adopt(stored: TicketState): Promise<void> {
    // A row that came back from a backup may be behind: it gets from us what it has lost, and not we from it.
    if (stored.version < this.state.version) return;
    this.state = stored;
    const id = stored.workflowVersionId;
    if (id !== null && this.pinned?.workflowVersionId !== id) this.pinned = await pinnedVersion(id);
    this.#show();
  }

  #show(): void {
    this.#shown = showInTemporal(this.facts, this.state, this.pinned, this.#shown);
  }

  #validate(kind: CommandKind, command: Command): void {
    if (!isWellFormed(kind, command) || !isChangeId(currentUpdateInfo()?.id ?? ''))
      throw refusalFailure({ type: 'notAllowed', why: `This is not a whole command to ${kind} a ticket.` });
    if (this.#isRenewing) throw ApplicationFailure.nonRetryable('The next run of this ticket begins.', renewing);
    if (this.#isResuming()) return;
    const busy: Refusal = { type: 'stale', why: 'Somebody else has just acted on this ticket. Look at it again.' };
    const refusal =
      this.#inbox.length > 0 ? busy : whyNot(this.facts, this.state, this.pinned?.definition ?? null, command);
    if (refusal) throw refusalFailure(refusal);
  }

  // A command may come before a new run has loaded its workflow: the main loop looks at it then.
  #isResuming(): boolean {
    return this.state.workflowVersionId !== null && this.pinned === null;
  }

  async #take(command: Command): Promise<CommandResult> {
    this.#updates += 1;
    const sent: Sent = { command, changeId: currentUpdateInfo()?.id ?? command.kind, answer: null };
    this.#inbox.push(sent);
    await condition(() => sent.answer !== null);
    if (sent.answer && 'result' in sent.answer) return sent.answer.result;
    throw refusalFailure(sent.answer?.refusal ?? { type: 'stale', why: 'The command got no answer.' });
  }

  #isAwake(): boolean {
    return this.#inbox.length > 0 || this.#membersChanged;
  }

  async #startAnewWhenLong(): Promise<void> {
    if (!workflowInfo().continueAsNewSuggested && this.#updates < updatesPerRun) return;
    // Where commands never cease, no run would ever end by itself: from now on they are for the next one.
    this.#isRenewing = true;
    if (this.#isAwake()) return;
    await condition(allHandlersFinished);
    // In a task of its own, within a second: when something comes in meanwhile, Temporal drops the task in which a run
    // ends, and the answer to the last command would be dropped with it.
    await sleep(1);
    if (this.#isAwake()) return;
    await continueAsNew(this.facts, this.state);
  }
}
