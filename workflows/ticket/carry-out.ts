import type { LivingTicket, Sent } from './living-ticket.ts';
import { currentState, pinnedBy, refusalBy, resultOf } from './projection.ts';
import { inputOf, whyNot } from './rules/command.ts';
import { declarationOf } from './rules/commands/index.ts';
import { type Refusal, sentences, stale } from './rules/refusal.ts';

/** Carries out or refuses the command at the head of the inbox, and answers its sender. */
export const carryOut = async (ticket: LivingTicket, sent: Sent): Promise<void> => {
  const refusal = (await reconsider(ticket, sent)) ?? (await refusalBy(() => apply(ticket, sent)));
  if (refusal) ticket.answer({ refusal });
};

/** Checks a command again before it is carried out. Catches up first when its sender saw a newer version. */
const reconsider = async (ticket: LivingTicket, { command }: Sent): Promise<Refusal | null> => {
  if (command.version > ticket.state.version) await ticket.adopt(await currentState(ticket));
  if (command.version > ticket.state.version) return stale(sentences.noSuchVersion(command.version));
  return whyNot(declarationOf(command.kind), ticket.situation(), command);
};

const apply = async (ticket: LivingTicket, { command, changeId }: Sent): Promise<void> => {
  const declaration = declarationOf(command.kind);
  const { actorId } = command;
  const input = inputOf(command);
  const pin = declaration.pins?.(input);
  if (pin) ticket.pinned = await pinnedBy(ticket, pin);
  const { state, pinned } = ticket;
  const change = declaration.apply({ state, pinned, actorId }, input, { now: Date.now(), changeId });
  const isOurs = await ticket.commit(change, command, declaration.summary(change, input, actorId));
  ticket.answer(isOurs ? { result: resultOf(ticket.state) } : { refusal: stale(sentences.changedMeanwhile) });
};
