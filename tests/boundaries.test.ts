import { bundleWorkflowCode } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { findViolations, violationsOf } from './boundaries.ts';

test('no file breaks an import rule', () => {
  expect(findViolations()).toEqual([]);
});

test.each([
  ['workflows/ticket/x.ts', `import { createActivities } from '../../activities/index.ts';`],
  ['workflows/ticket/x.ts', `import { MikroORM } from '@mikro-orm/core';`],
  ['workflows/ticket/x.ts', `import { randomUUID } from 'node:crypto';`],
  ['api/helpdesk/x.ts', `import { Task } from '../tracking/task.entity.ts';`],
  ['api/tracking/x.ts', `import type { Ticket } from '../helpdesk/ticket.entity.ts';`],
  ['web/desk/x.tsx', `import { createApp } from '../../api/app.ts';`],
  ['web/desk/x.tsx', `const lazy = () => import('../../api/helpdesk/submit.service.ts');`],
])('a planted fault in %s is found: %s', (file, source) => {
  expect(violationsOf(file, source)).toHaveLength(1);
});

test('a type import of the activities is allowed', () => {
  const source = `import type { TicketActivities } from '../../activities/ticket.ts';`;
  expect(violationsOf('workflows/ticket/x.ts', source)).toEqual([]);
});

const allowedPackages = /node_modules\/(@temporalio|long|ms|protobufjs|nexus-rpc)\//;

test('every file in the workflow bundle is from workflows/ or from an allowed package', async () => {
  const workflowsPath = new URL('../workflows/index.ts', import.meta.url).pathname;
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: silent });
  const map = /sourceMappingURL=data:application\/json[^,]*,([A-Za-z0-9+/=]+)/.exec(code)?.[1] ?? '';
  const { sources } = JSON.parse(Buffer.from(map, 'base64').toString());
  const foreign = sources.filter(
    (source: string) =>
      !/(^|\/)workflows\//.test(source) && !allowedPackages.test(source) && !/webpack|\(ignored\)/.test(source),
  );
  expect(sources.length).toBeGreaterThan(20);
  expect(foreign).toEqual([]);
});

const quiet = () => undefined;
const silent = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
