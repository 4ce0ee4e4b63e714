import type { EntityManager } from '@mikro-orm/postgresql';
import { connectionOf, sendOver } from './prepared.ts';
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

/**
 * Carries out a deed in two trips to PostgreSQL: its statements go out as one batch up to the decision, and as another
 * one behind it. Trips cost the worker more than what is done, and others wait for the locks meanwhile.
 * @throws what `decide` throws, and what `execute` does; then nothing is written.
 */
export const carryOut = async <Locks extends Asked, Questions extends Asked, Result>(
  em: EntityManager,
  { locks, given = [], asked, decide }: Deed<Locks, Questions, Result>,
): Promise<Result> => {
  const connection = await connectionOf(em);
  const on = sendOver(em, connection);
  const say = (word: 'begin' | 'commit' | 'rollback') => on.send(word);
  try {
    const [, held, answers] = await Promise.all([say('begin'), askTogether(on, locks), askTogether(on, asked, given)]);
    const { result, writes } = decide(held, answers);
    // Behind a write that has failed PostgreSQL leaves the commit out.
    await (writes.length === 0 ? say('rollback') : Promise.all([writeTogether(on, writes), say('commit')]));
    connection.release();
    return result;
  } catch (error) {
    // Whoever cannot even say that it is over has lost the connection, and the server has taken everything back.
    const isOver = await say('rollback').then(
      () => true,
      () => false,
    );
    connection.release(!isOver);
    throw error;
  }
};
