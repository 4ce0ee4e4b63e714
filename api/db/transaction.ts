import type { EntityManager } from '@mikro-orm/postgresql';
import { sendWith } from './prepared.ts';
import { type Answers, type Asked, askTogether, type Write, writeTogether } from './statements.ts';

/** A transaction that locks, asks, decides and writes. */
export interface Deed<Locks extends Asked, Questions extends Asked, Result> {
  /** What it holds until it ends. The questions behind it see what stands once it holds all of it. */
  locks: Locks;
  /** Writes that the questions read from. */
  given?: readonly Write[];
  asked: Questions;
  /** Without a write everything is as it was before. */
  decide(held: Answers<Locks>, answers: Answers<Questions>): { result: Result; writes: readonly Write[] };
}

/** Carries out a deed. @throws what `decide` throws, and what `execute` does; then nothing is written. */
export const carryOut = async <Locks extends Asked, Questions extends Asked, Result>(
  em: EntityManager,
  { locks, given = [], asked, decide }: Deed<Locks, Questions, Result>,
): Promise<Result> => {
  const inner = em.fork();
  const sender = sendWith(inner);
  await inner.begin();
  try {
    const held = await askTogether(sender, locks);
    const { result, writes } = decide(held, await askTogether(sender, asked, given));
    await writeTogether(sender, writes);
    await (writes.length === 0 ? inner.rollback() : inner.commit());
    return result;
  } catch (error) {
    await inner.rollback();
    throw error;
  }
};
