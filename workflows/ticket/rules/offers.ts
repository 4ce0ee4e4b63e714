import { type Actor, whyMayNot } from './authority.ts';
import { type AnyCommand, type Choice, type Situation, whyNotNow } from './command.ts';
import type { Fields, InputOf } from './input.ts';

/** A command that a page offers: allowed, or with the reason why not. */
export interface Offer {
  allowed: boolean;
  why: string | null;
}

const offerOf = (why: string | undefined): Offer => ({ allowed: why === undefined, why: why ?? null });

/** Whether this person may send the command now. For a command with choices, pass the input of one. */
export const offer = (
  declaration: AnyCommand,
  situation: Situation,
  actor: Actor,
  input: InputOf<Fields> = {},
): Offer => {
  const refusal =
    whyMayNot(declaration, actor, situation, situation.names) ?? whyNotNow(declaration, situation, input, actor.id);
  return offerOf(refusal?.why);
};

/** The buttons of this command for this person. */
export const choicesOf = (
  declaration: AnyCommand,
  situation: Situation,
  actor: Actor,
): (Choice<InputOf<Fields>> & Offer)[] =>
  (declaration.choices?.(situation) ?? []).map((choice) => ({
    ...choice,
    ...offer(declaration, situation, actor, choice.input),
  }));
