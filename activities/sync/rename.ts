import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { NameCopies } from '../../api/db/name-copies.ts';
import type { Cursor, Page } from './pages.ts';

/** Rows that one statement changes at most. */
const pageSize = 1_000;

interface Renamed<Id> {
  id: Id;
  /** The name as auth has it now. It must not change before the transaction ends; null when it is gone. */
  holdName: (em: EntityManager) => Promise<string | null>;
}

/**
 * Brings copies of a name up to date, a page of rows in each transaction. The name is read and held in the transaction that
 * writes it, so that of two renamings the later one stands, in whichever order their syncs run.
 */
export const renameIn =
  <Id, Key extends Cursor>(orm: MikroORM, { id, holdName }: Renamed<Id>, copies: NameCopies<Id, Key>): Page =>
  async (cursor) => {
    // The cursor comes back from Temporal as it was given there.
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
