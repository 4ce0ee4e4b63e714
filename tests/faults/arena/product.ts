import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type Program, startProgram } from '../../rig/programs.ts';
import type { Servers } from '../../rig/servers.ts';
import { eventually } from '../eventually.ts';
import type { Part, Parts } from './parts.ts';

/** A process of the product that is killed and started again under one address. */
export interface ProductPart {
  url: string;
  part: Part;
  /** Starts it again after it was killed; settles when it says that it is ready. */
  start(): Promise<void>;
}

export interface Product {
  api: ProductPart;
  worker: ProductPart;
  /** The address that people type. */
  origin: string;
  settings: Readonly<Record<string, string>>;
  /** Starts one more process of a file of ours, with these settings and others beside. */
  add(
    file: string,
    more?: { name?: string; ready?: string; settings?: Record<string, string>; args?: string[] },
  ): Promise<ProductPart>;
  /** Both run and work. */
  ensure(): Promise<void>;
}

/** Whether a file says this, after so many bytes that are not looked at. */
const saysSince = async (file: string, words: string, start: number): Promise<boolean> =>
  (await text(createReadStream(file, { start }))).includes(words);

const asProductPart = ({ url }: Program, part: Part, ready: string): ProductPart => {
  const { logFile = '' } = part.spec;
  return {
    url,
    part,
    async start() {
      const { size: before } = await stat(logFile);
      part.start();
      await eventually(`${part.spec.name} is ready again`, async () => {
        if (part.pid() === undefined) part.start();
        return saysSince(logFile, ready, before);
      });
    },
  };
};

const readyWords: Record<string, string> = {
  'api/server.ts': 'api ready',
  'activities/worker.ts': 'worker ready',
};

/** API and worker as `npm start` runs them, but nobody starts them again by himself. */
export const startProduct = async (servers: Servers<Parts>, settings: Record<string, string>): Promise<Product> => {
  let count = 0;
  let origin = '';
  const add: Product['add'] = async (file, more = {}) => {
    const ready = more.ready ?? readyWords[file] ?? 'ready';
    count += 1;
    const kind = file.includes('worker') ? 'worker' : file.includes('api') ? 'api' : 'part';
    const name = `${more.name ?? kind}-${count}`;
    const all = { ...settings, ...(origin ? { PUBLIC_URL: origin } : {}), ...more.settings };
    const program = await startProgram(servers, { name, file, ready, settings: all, args: more.args ?? [] });
    return asProductPart(program, servers.supervisor.part(name), ready);
  };
  const api = await add('api/server.ts');
  origin = api.url.replace('127.0.0.1', 'localhost');
  const worker = await add('activities/worker.ts');
  return {
    api,
    worker,
    origin,
    settings,
    add,
    async ensure() {
      for (const one of [api, worker]) if (one.part.pid() === undefined) await one.start();
      await eventually('the API answers', async () => (await fetch(`${api.url}/api/me`)).status < 500);
    },
  };
};
