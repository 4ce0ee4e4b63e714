import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowSeeds } from '../../seeds/workflows.ts';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { openDatabase } from '../db/orm.ts';
import { findWorkflow, type PublishInput, pinnedVersion, publishDefinition } from './definitions.service.ts';

let database: TestDatabase;
let orm: Awaited<ReturnType<typeof openDatabase>>;
const em = () => orm.em.fork();

beforeAll(async () => {
  database = await freshDatabase();
  orm = await openDatabase({ url: database.url, pool: 4, limits: true });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const [seed] = workflowSeeds;
const definition = seed?.definition ?? { start: '', steps: [], sla: { critical: 1, high: 1, medium: 1, low: 1 } };
const slower = { ...definition, sla: { ...definition.sla, low: definition.sla.low * 2 } };

const publish = (name: string, patch: Partial<PublishInput> = {}) =>
  publishDefinition(em(), { name, category: 'it_support', subCategory: null, department: null, definition, ...patch });

const nameOf = async (subCategory: string | null, department: string, category = 'it_support') => {
  const found = await findWorkflow(em(), { category, subCategory, department });
  if (!found) return null;
  const [row] = await em().execute<{ name: string }[]>(
    'select w.name from tracking.workflow_definition w join tracking.workflow_version v on v.workflow_definition_id = w.id where v.id = ?',
    [found.workflowVersionId],
  );
  return row?.name;
};

describe('publishing', () => {
  test('the same graph again changes nothing, a different one becomes the next version', async () => {
    const category = 'budget_proposal' as const;
    const first = await publish('Budget', { category });
    expect(first).toMatchObject({ version: 1, created: true });
    expect(await publish('Budget', { category })).toEqual({ ...first, created: false });
    expect(await publish('Budget', { category, definition: slower })).toEqual({ ...first, version: 2, created: true });
  });

  test('the version that a ticket started with stays unchanged', async () => {
    const wanted = { category: 'asset_check_in', subCategory: 'Laptop', department: 'it' };
    await publish('Check in', { category: 'asset_check_in' });
    const before = await findWorkflow(em(), wanted);
    await publish('Check in', { category: 'asset_check_in', definition: slower });
    expect(await pinnedVersion(em(), before?.workflowVersionId ?? 0)).toEqual(before);
    expect((await findWorkflow(em(), wanted))?.definition).toEqual(slower);
  });
});

describe('a ticket gets the most specific published definition', () => {
  beforeAll(async () => {
    await publish('Any');
    await publish('For IT', { department: 'it' });
    await publish('Printers', { subCategory: 'Printer' });
    await publish('Printers of IT', { subCategory: 'Printer', department: 'it' });
    await publish('Draft', { subCategory: 'Mouse' });
    await em().execute(`update tracking.workflow_definition set published_version = null where name = 'Draft'`);
  });

  test.each([
    ['Printer', 'it', 'Printers of IT'],
    ['Printer', 'asset', 'Printers'],
    ['Laptop', 'it', 'For IT'],
    ['Laptop', 'budget', 'Any'],
    [null, 'it', 'For IT'],
    [null, 'asset', 'Any'],
    ['Mouse', 'asset', 'Any'],
  ])('%s for %s: %s', async (subCategory, department, expected) => {
    expect(await nameOf(subCategory, department)).toBe(expected);
  });

  test('or none when none is for its category', async () => {
    expect(await nameOf('Printer', 'it', 'general_request')).toBeNull();
  });
});
