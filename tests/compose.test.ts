import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig, settings, workerNodeOptions, workerQueues } from '../api/config.ts';
import { temporalVersions } from '../dev/temporal-binaries.ts';
import { searchAttributes } from '../workflows/names.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');

const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
  ports: z.array(z.string()).default([]),
  restart: z.string(),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }),
  mem_limit: z.string().optional(),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});

const { services } = z
  .object({ services: z.record(z.string(), service) })
  .parse(parse(read('docker-compose.yml'), { merge: true }));

const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
const serviceNamed = (name: string): z.infer<typeof service> => service.parse(services[name]);
const waits = Object.entries(services).flatMap(([name, { depends_on }]) =>
  Object.entries(depends_on).map(([on, { condition }]) => ({ name, on, condition })),
);

const example = parseEnv(read('.env.example'));
const filledIn = {
  ...example,
  POSTGRES_PASSWORD: 'secret1',
  APP_POSTGRES_PASSWORD: 'secret3',
  TEMPORAL_POSTGRES_PASSWORD: 'secret2',
};

/** Interpolates like compose: `${NAME:-default}` and `${NAME:?message}`. */
const interpolate = (text: string, env: Record<string, string | undefined>): string =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, sign: string | undefined, rest: string) => {
    const value = env[name];
    if (value) return value;
    if (sign === '-') return rest;
    throw new Error(`${name} is missing: ${rest}`);
  });

const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(serviceNamed(name).environment).map(([key, value]) => [key, interpolate(value, filledIn)]),
  );

describe.each(ours)('the service %s of docker-compose.yml', (name, { environment, command }) => {
  test('sets only settings that exist', () => {
    expect(Object.keys(environment).filter((key) => !(key in settings.shape))).toEqual([]);
  });

  test('sets every setting that has no default', () => {
    const required = Object.entries(settings.shape).filter(([, schema]) => !schema.safeParse(undefined).success);
    expect(Object.keys(environment)).toEqual(expect.arrayContaining(required.map(([key]) => key)));
  });

  test('has a configuration that the program accepts once .env is filled in', () => {
    const config = readConfig(environmentOf(name));
    expect(config).toMatchObject({ NODE_ENV: 'production', TEMPORAL_ADDRESS: 'temporal:7233' });
    const { hostname, username, password } = new URL(config.DATABASE_URL);
    expect({ hostname, username, password }).toEqual({ hostname: 'postgres', username: 'app', password: 'secret3' });
  });

  test('runs a program that exists', () => {
    const script = command?.at(-1) ?? 'api/server.ts';
    expect(() => read(script)).not.toThrow();
  });
});

describe('docker-compose.yml', () => {
  test('waits only for services that exist', () => {
    expect(waits.map(({ on }) => on).filter((on) => !(on in services))).toEqual([]);
  });

  test('has a health check for every service that others wait for to be healthy', () => {
    const healthy = waits.filter(({ condition }) => condition === 'service_healthy');
    expect(healthy.length).toBeGreaterThan(0);
    expect(healthy.filter(({ on }) => serviceNamed(on).healthcheck === undefined)).toEqual([]);
  });

  test('waits for completion only of jobs, and completed jobs are not restarted', () => {
    const jobs = waits.filter(({ condition }) => condition === 'service_completed_successfully').map(({ on }) => on);
    const names = ['database-roles', 'migrate', 'temporal-namespace', 'temporal-schema'];
    expect([...new Set(jobs)].toSorted()).toEqual(names);
    for (const job of jobs) expect(serviceNamed(job).restart).toMatch(/^on-failure/);
  });

  test('starts API and workers after the migrations and the namespace', () => {
    for (const [name, { depends_on }] of ours.filter(([name]) => !['migrate', 'make-current'].includes(name))) {
      expect(Object.keys(depends_on), name).toEqual(['migrate', 'temporal-namespace']);
    }
  });

  test('makes the build current automatically once it has a worker for each queue', () => {
    const { command, restart, depends_on } = serviceNamed('make-current');
    expect(command).toEqual(['node', 'activities/worker/make-current.ts']);
    expect(restart).toMatch(/^on-failure/);
    expect(Object.keys(depends_on)).toEqual(workerQueues.map((queue) => `${queue}-worker`));
    // A restarting old worker must not make its build current again.
    for (const [, { environment }] of ours) expect(environment).not.toHaveProperty('WORKER_MAKE_CURRENT');
  });

  test('serves each queue by one kind of worker', () => {
    const served = ours.flatMap(([, { environment }]) => environment.WORKER_QUEUES?.split(',') ?? []);
    expect(served.toSorted()).toEqual([...workerQueues].toSorted());
  });

  test('starts workers as npm start does', () => {
    for (const queue of workerQueues) {
      expect(serviceNamed(`${queue}-worker`).command).toEqual(['node', ...workerNodeOptions, 'activities/worker.ts']);
    }
  });

  test('creates every search attribute of a ticket', () => {
    const created = serviceNamed('temporal-namespace').environment.SEARCH_ATTRIBUTES?.split(' ') ?? [];
    expect(created.toSorted()).toEqual(Object.values(searchAttributes).toSorted());
  });

  test('publishes no port of PostgreSQL, and those of Temporal and the mail catcher to this machine only', () => {
    expect(serviceNamed('postgres').ports).toEqual([]);
    for (const name of ['temporal', 'temporal-ui', 'mail']) {
      for (const port of serviceNamed(name).ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });

  test('keeps the data of PostgreSQL where version 18 puts it', () => {
    expect(serviceNamed('postgres').image).toBe('postgres:18');
    expect(serviceNamed('postgres').volumes).toEqual(['postgres:/var/lib/postgresql']);
  });

  test('runs the same version of Temporal as npm start, server, tools and pages together', () => {
    const { server, ui } = temporalVersions;
    const images = Object.entries(services).flatMap(([name, { image }]) =>
      image.startsWith('temporalio/') ? [[name, image]] : [],
    );
    expect(Object.fromEntries(images)).toEqual({
      temporal: `temporalio/server:${server}`,
      'temporal-schema': `temporalio/admin-tools:${server}`,
      'temporal-namespace': `temporalio/admin-tools:${server}`,
      'temporal-ui': `temporalio/ui:${ui}`,
    });
  });

  test('gives Temporal and the product their roles before anything signs in with them', () => {
    expect(Object.keys(serviceNamed('database-roles').depends_on)).toEqual(['postgres']);
    for (const name of ['temporal-schema', 'migrate'])
      expect(Object.keys(serviceNamed(name).depends_on), name).toEqual(['database-roles']);
    const { configs } = z
      .object({ configs: z.record(z.string(), z.object({ file: z.string().optional() })) })
      .parse(parse(read('docker-compose.yml')));
    expect(read(configs['app-role']?.file ?? '')).toContain('owner to app');
  });

  test('limits the log of each container, and the memory of each that serves', () => {
    for (const [name, { logging, restart, mem_limit }] of Object.entries(services)) {
      expect(logging.options, name).toMatchObject({ 'max-size': '10m' });
      const isSmall = restart.startsWith('on-failure') || ['mail', 'temporal-ui'].includes(name);
      expect(interpolate(mem_limit ?? 'none', filledIn), name).toMatch(isSmall ? /^none$/ : /^\d+g$/);
    }
  });

  test('asks each worker on the address where it answers whether it serves', () => {
    for (const queue of workerQueues) {
      const { HEALTH_ADDRESS } = environmentOf(`${queue}-worker`);
      expect(serviceNamed(`${queue}-worker`).healthcheck?.test.at(-1)).toContain(`http://${HEALTH_ADDRESS}`);
    }
  });

  test('shows metrics only where .env says so', () => {
    expect(environmentOf('api').METRICS_ADDRESS).toBe('');
    expect(environmentOf('temporal').PROMETHEUS_ENDPOINT).toBe('');
    const shown = { ...filledIn, METRICS_ADDRESS: '0.0.0.0:9464' };
    expect(interpolate(serviceNamed('workflow-worker').environment.METRICS_ADDRESS ?? '', shown)).toBe('0.0.0.0:9464');
  });

  test('contains no password, and says which one is missing', () => {
    const text = read('docker-compose.yml');
    expect(() => interpolate(text, { ...filledIn, POSTGRES_PASSWORD: '' })).toThrow('Set POSTGRES_PASSWORD in .env');
    expect(example).toMatchObject({ POSTGRES_PASSWORD: '', APP_POSTGRES_PASSWORD: '', TEMPORAL_POSTGRES_PASSWORD: '' });
  });

  test('reads only settings from .env that .env.example explains', () => {
    const used = [...read('docker-compose.yml').matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name]) => name);
    const explained = [...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect([...new Set(used)].toSorted()).toEqual([...new Set(explained)].toSorted());
  });
});
