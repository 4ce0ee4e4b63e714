import { createSignal } from 'solid-js';
import { isProblem, Problem } from './problem.ts';

/** Why the page cannot go on by itself. What it shows, and what is written in it, stays. */
export type PageTrouble =
  | { kind: 'signed_out' }
  /** Another user signed in in another tab; the sentence says who. */
  | { kind: 'other_user'; sentence: string }
  | { kind: 'no_connection' };

const [trouble, setTrouble] = createSignal<PageTrouble | null>(null);
const [isAsking, setAsking] = createSignal(false);

export {
  /** Whether the dialog for signing in again is open. */
  isAsking as isAskedToSignIn,
  trouble as pageTrouble,
};

export const askToSignIn = (isWanted: boolean): void => void setAsking(isWanted);

const set = (next: PageTrouble): void => void setTrouble((now) => (now?.kind === next.kind ? now : next));

export const noteSignedOut = (): void => set({ kind: 'signed_out' });

/** The API answered this page as it was made: everything is well again. */
export const noteWell = (): void => {
  setTrouble(null);
  setAsking(false);
};

const isAway = (error: unknown): boolean => error instanceof Problem && [0, 502, 504].includes(error.status);

/** Notes what a failed read or command says about the whole page. */
export const noteFailure = (error: unknown): void => {
  if (isProblem(error, 'unauthenticated')) noteSignedOut();
  else if (isProblem(error, 'other_user')) set({ kind: 'other_user', sentence: error.message });
  else if (isAway(error)) set({ kind: 'no_connection' });
};

/** The same for something that a person asked for: then they are asked to sign in at once, over any open dialog. */
export const noteRefusedCommand = (error: unknown): void => {
  noteFailure(error);
  if (isProblem(error, 'unauthenticated')) askToSignIn(true);
};
