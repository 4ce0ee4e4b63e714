import { expect, test } from 'vitest';
import { backDoorsOf, findBackDoors } from './front-door.ts';

test('libraries are used only through their public interface', () => {
  expect(findBackDoors()).toEqual([]);
});

test.each([
  `import { msToTs } from '@temporalio/common/lib/time.js';`,
  `import type { History } from '@temporalio/common/lib/proto-utils.js';`,
  `import('@temporalio/worker/lib/worker.js');`,
  `import 'pg/lib/client.js';`,
  `export { parse } from 'yaml/dist/index.js';`,
  `import Pool from 'pg/pool';`,
  `import.meta.resolve('vite/dist/node/index.js');`,
  `Client.prototype.query = function query() {};`,
  `HTMLElement.prototype['focus'] = () => undefined;`,
  `Object.defineProperty(Worker.prototype, 'run', {});`,
  `Object.assign(pg.Client.prototype, { query });`,
  `globalThis.Date = Clock;`,
  `globalThis['fetch'] = slow;`,
  `console.log = () => undefined;`,
  `process.exit = refuse;`,
  `Math.random = () => 4;`,
  `window.fetch = (url) => answer;`,
  `Object.defineProperty(globalThis, 'performance', {});`,
  `connection.query = (text) => query(text);`,
  `pool.client.release = async function release() {};`,
  `await Worker.create({ taskQueue, debugMode: true });`,
  `import { promiseHooks } from 'node:v8';`,
])('a planted fault is found: %s', (source) => {
  expect(backDoorsOf('activities/x.ts', source).length).toBeGreaterThan(0);
});

test.each([
  `import { cors } from 'hono/cors';`,
  `import type { TestProject } from 'vitest/node';`,
  `import Check from 'lucide-solid/icons/check';`,
  `import { serveStatic } from '@hono/node-server/serve-static';`,
  `import { z } from 'zod/v4';`,
  `import { setTimeout } from 'node:timers/promises';`,
  `import { now } from '../lib/time.ts';`,
  `this.stop = () => undefined;`,
  `socket.onmessage = (event) => read(event);`,
  `process.exitCode = 1;`,
  `const isOver = child.exitCode === 0;`,
  `// Not by debugMode, and not by connection.query = (text) => text.`,
])('what is right is let through: %s', (source) => {
  expect(backDoorsOf('activities/x.ts', source)).toEqual([]);
});
