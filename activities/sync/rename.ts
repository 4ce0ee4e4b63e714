import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { NameCopies } from '../../api/db/name-copies.ts';
import type { Cursor, Page } from './pages.ts';

/** The most rows that one statement changes. */
const pageSize = 1_000;

interface Renamed<Id> {
  id: Id;
  /** Auth's current name, locked until the transaction ends; null when it is gone. */
  holdName: (em: EntityManager) => Promise<string | null>;
}

/**
 * Updates the copies of a name, one page of rows in each transaction. The name is read and locked in the same transaction,
 * so that the later of two renamings wins, whatever the order of their syncs.
 */
export const renameIn =
  <Id, Key extends Cursor>(orm: MikroORM, { id, holdName }: Renamed<Id>, copies: NameCopies<Id, Key>): Page =>
  async (cursor) => {
    // Temporal returns the cursor as we passed it.
    const after = (cursor as Key | undefined) ?? copies.start;
    const keys = await copies.next(orm.em.fork(), id, after, pageSize);
    const last = keys.at(-1);
    if (last === undefined) return null;
    await orm.em.fork().transactional(async (em) => {
      const name = await holdName(em);
      if (name !== null) await copies.rename(em, id, name, { after, last });
    });
    return keys.length < pageSize ? null : last;
  };
