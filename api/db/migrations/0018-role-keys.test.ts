import { randomBytes } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { queryOnce } from '../../../dev/postgres-address.ts';
import { workflowSeeds } from '../../../seeds/workflows.ts';
import { publishDefinition } from '../../tracking/definitions.service.ts';
import { openDatabase } from '../orm.ts';

// A database of the release before: what referred to roles by name refers to them by key afterwards.

const name = `test_${randomBytes(6).toString('hex')}`;
let orm: MikroORM;
beforeAll(async () => {
  await queryOnce(inject('adminDatabaseUrl'), `create database ${name} owner app`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  orm = await openDatabase({ url: url.href, pool: 2, limits: false });
  await orm.migrator.up({ to: '0017-words' });
});
afterAll(async () => {
  await orm.close();
  await queryOnce(inject('adminDatabaseUrl'), `drop database if exists ${name} with (force)`);
});

const query = <Row>(sql: string, values: unknown[] = []) => orm.em.fork().execute<Row[]>(sql, values);

const nameOf: Record<string, string> = {
  admin: 'Admin',
  asset_manager: 'Asset Manager',
  budget_manager: 'Budget Manager',
};
const [seed] = workflowSeeds;
const named = JSON.parse(
  JSON.stringify(seed?.definition, (_, value) => (typeof value === 'string' ? (nameOf[value] ?? value) : value)),
);

const task = (number: string, role: string | null) =>
  query(
    `insert into tracking.task (number, subject, category, department, priority, requester_id, requester_name, status, state,
       step_names, role, submitted_at, changed_at, version)
     values (?, 'Printer', 'it_support', 'it', 'low', 1, 'Somebody', 'open', 'waiting', '[]', ?, now(), now(), 1)`,
    [number, role],
  );

const ticket = (number: string, role: string | null, phase: object) =>
  query(
    `insert into helpdesk.ticket (number, requester_id, requester_name, idempotency_key, submission_hash, category, subject,
       description, form, status, step_names, assignee_role, workflow_state, submitted_at, changed_at)
     values (?, 1, 'Somebody', ?, '', 'it_support', 'Printer', 'Is broken', '{}', 'open', '[]', ?, ?, now(), now())`,
    [number, number, role, JSON.stringify({ phase })],
  );

const fill = async (): Promise<void> => {
  await query(`insert into auth.system (id, slug, name) values (1, 'tts', 'TTS'), (2, 'hdts', 'HDTS')`);
  await query(`insert into auth.role (id, system_id, name) values
    (1, 1, 'Admin'), (2, 1, 'Asset Manager'), (3, 1, 'asset manager'), (4, 2, 'Admin')`);
  await query(`insert into tracking.role (id, name, active, version) values
    (1, 'Admin', true, 1), (2, 'Asset Manager', true, 1), (3, 'asset manager', true, 1)`);
  await query(
    `insert into tracking.rotation (role, last_user_id) values ('Admin', 7), ('Asset Manager', 8), ('asset manager', 9)`,
  );
  await query(`insert into tracking.workflow_definition (id, name, category, published_version) values (1, ?, ?, 1)`, [
    seed?.name,
    seed?.category,
  ]);
  await query(
    `insert into tracking.workflow_version (workflow_definition_id, version, definition, published_at) values (1, 1, ?, now())`,
    [JSON.stringify(named)],
  );
  await task('TX1', 'Asset Manager');
  await task('TX2', null);
  await query(`insert into tracking.visit (number, visit, step_key, role, entered_at, due_at)
    values ('TX1', 1, 'resolve', 'Asset Manager', now(), now())`);
  await ticket('TX1', 'Asset Manager', { at: 'step', step: 'resolve', role: 'Asset Manager', assigneeId: 5 });
  await ticket('TX2', 'Admin', { at: 'step', step: 'triage', role: 'Admin', assigneeId: null });
  await ticket('TX3', null, { at: 'over' });
  await query(`insert into helpdesk.person (user_id, name, email, is_employee, is_staff, roles, active, version)
    values (1, 'Somebody', 'some@example.com', true, true, '["Ticket Coordinator", "Admin"]', true, 1), (2, 'Else', 'e@example.com', true, true, '[]', true, 1)`);
};

test('names of roles become keys wherever they are kept', async () => {
  await fill();
  await orm.migrator.up();
  expect(await query('select id, key, name from auth.role order by id')).toEqual([
    { id: 1, key: 'admin', name: 'Admin' },
    { id: 2, key: 'asset_manager', name: 'Asset Manager' },
    { id: 3, key: 'asset_manager_3', name: 'asset manager' },
    { id: 4, key: 'admin', name: 'Admin' },
  ]);
  expect(await query('select key from tracking.role order by id')).toEqual([
    { key: 'admin' },
    { key: 'asset_manager' },
    { key: 'asset_manager_3' },
  ]);
  const turns = await query<{ role_key: string }>('select role_key from tracking.rotation order by 1');
  expect(turns.map((turn) => turn.role_key)).toEqual(['admin', 'asset_manager']);
  expect(await query('select number, role_key from tracking.task order by 1')).toEqual([
    { number: 'TX1', role_key: 'asset_manager' },
    { number: 'TX2', role_key: null },
  ]);
  expect(await query('select role_key from tracking.visit')).toEqual([{ role_key: 'asset_manager' }]);
  expect(await query('select role_key, role_name, assignee_id from helpdesk.ticket order by number')).toEqual([
    { role_key: 'asset_manager', role_name: 'Asset Manager', assignee_id: 5 },
    { role_key: 'admin', role_name: 'Admin', assignee_id: null },
    { role_key: null, role_name: null, assignee_id: null },
  ]);
  expect(await query('select roles from helpdesk.person order by user_id')).toEqual([
    { roles: ['ticket_coordinator', 'admin'] },
    { roles: [] },
  ]);
});

test('a stored definition becomes the seeded one of today, so that seeding publishes no new version', async () => {
  expect(named).not.toEqual(seed?.definition);
  if (!seed) throw new Error('There is no seed');
  expect(await publishDefinition(orm.em.fork(), seed)).toMatchObject({ version: 1, created: false });
  const [row] = await query<{ definition: object }>('select definition from tracking.workflow_version');
  expect(row?.definition).toEqual(seed.definition);
});
