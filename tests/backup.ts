import type { MikroORM } from '@mikro-orm/postgresql';

const schemas = ['public', 'auth', 'helpdesk', 'tracking', 'messaging', 'notification'];
const notOurs = ['mikro_orm_migrations'];

interface Sequence {
  name: string;
  last: string | null;
}

export interface Backup {
  /** Restores all rows and sequences. Connections stay open. */
  restore(): Promise<void>;
}

/** A copy of the whole database as it is now. */
export const takeBackup = async ({ em: shared }: MikroORM): Promise<Backup> => {
  const em = shared.fork();
  const marks = schemas.map(() => '?').join(', ');
  const tables = (
    await em.execute<{ schema: string; table: string }[]>(
      `select schemaname as schema, tablename as table from pg_tables where schemaname in (${marks})`,
      schemas,
    )
  ).filter(({ table }) => !notOurs.includes(table));
  const sequences = await em.execute<Sequence[]>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences
     where schemaname in (${marks})`,
    schemas,
  );
  const copy = `backup_${Math.random().toString(36).slice(2)}`;
  const copyOf = ({ schema, table }: { schema: string; table: string }) => `"${copy}"."${schema}.${table}"`;
  await em.execute(`create schema "${copy}"`);
  for (const table of tables)
    await em.execute(`create table ${copyOf(table)} as table "${table.schema}"."${table.table}"`);
  return {
    async restore() {
      await shared.fork().transactional(async (tx) => {
        await tx.execute(`truncate ${tables.map(({ schema, table }) => `"${schema}"."${table}"`).join(', ')} cascade`);
        // Skip foreign key checks: the rows are consistent, but the tables are not copied in order.
        await tx.execute(`set local session_replication_role = replica`);
        for (const table of tables)
          await tx.execute(`insert into "${table.schema}"."${table.table}" select * from ${copyOf(table)}`);
        for (const { name, last } of sequences)
          await tx.execute(last === null ? `select setval(?, 1, false)` : `select setval(?, ?::bigint)`, [
            name,
            ...(last === null ? [] : [last]),
          ]);
      });
    },
  };
};
