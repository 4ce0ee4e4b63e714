import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');

const shipped = [...read('Dockerfile').matchAll(/^COPY --from=build \/app\/(\w+) /gm)].flatMap(([, folder]) =>
  folder === undefined || folder === 'node_modules' ? [] : [folder],
);
const isShipped = (file: string): boolean => !/\.(test|fixture)\.ts$/.test(file);

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const packagesOf = (file: string): string[] => {
  const imports = read(file).matchAll(
    /^(?:import|export)(?! type)[^;]*? from '([^.'][^']*)'|import\('([^.'][^']*)'\)/gm,
  );
  return [...imports].map(([, from, dynamic]) => packageOf(from ?? dynamic ?? ''));
};

test('code in the image needs no development package', () => {
  expect(shipped).toEqual(expect.arrayContaining(['api', 'activities', 'workflows', 'seeds']));
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  const files = globSync(`{${shipped.join(',')}}/**/*.ts`, { cwd: root }).filter(isShipped);
  expect(files.length).toBeGreaterThan(20);
  const foreign = files.flatMap((file) =>
    packagesOf(file)
      .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name) && !(name in dependencies))
      .map((name) => `${file} imports ${name}`),
  );
  expect(foreign).toEqual([]);
});
