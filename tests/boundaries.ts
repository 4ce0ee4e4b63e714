import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { findBackDoors } from './front-door.ts';

// Which file may import which. `npm run lint` runs this file and front-door.ts; boundaries.test.ts runs it too and checks
// that it finds planted faults.

interface Import {
  /** The imported file, relative to the root, or package. */
  target: string;
  typeOnly: boolean;
}

interface Rule {
  /** The files that the rule applies to. */
  files: RegExp;
  /** What they may import. `types` allows more for type imports. */
  values: RegExp[];
  types?: RegExp[];
}

const modules = ['auth', 'helpdesk', 'tracking', 'messaging', 'notification'];
const ticketRules = /^workflows\/(names|ticket\/(messages|rules\/.+))\.ts$/;
// Files of the API that every module may import.
const shared = /^api\/((http|db|operations|temporal)\/.+|commands\/authority|[\w.-]+)\.ts$/;
const anyPackage = /^(node:|@?[a-z][\w.-]*(\/|$))(?!.*\.tsx?$)/;

const moduleRule = (name: string): Rule => ({
  files: new RegExp(`^api/${name}/`),
  values: [new RegExp(`^api/${name}/`), shared, ticketRules, anyPackage],
  types: [/^workflows\/notification\/mail-batch\.ts$/],
});

const rules: Rule[] = [
  // The workflow sandbox may only contain deterministic code. The bundler does not check this.
  {
    files: /^workflows\//,
    values: [/^workflows\//, /^@temporalio\/(workflow|common)$/],
    types: [/^activities\//],
  },
  { files: /^activities\//, values: [/^(activities|api|seeds|workflows)\//, anyPackage] },
  ...modules.map(moduleRule),
  {
    files: /^api\/http\//,
    values: [/^api\/(http|auth|db)\//, shared, ticketRules, anyPackage],
  },
  {
    files: /^web\//,
    values: [
      /^web\//,
      /^api\/.*\.schema\.ts$/,
      /^api\/(config|http\/written-text|helpdesk\/(catalogue|form-days))\.ts$/,
      ticketRules,
      anyPackage,
    ],
    types: [/^api\/app\.ts$/],
  },
  {
    files: /^seeds\//,
    values: [
      /^seeds\//,
      /^api\/.*\.schema\.ts$/,
      /^api\/(temporal\/)?[\w.-]+\.ts$/,
      /^api\/helpdesk\/catalogue\.ts$/,
      /^workflows\//,
      anyPackage,
    ],
  },
  {
    files: /^dev\//,
    values: [
      /^dev\//,
      /^api\/(config|db\/migrate|operations\/what-is-missing|temporal\/without-proxy)\.ts$/,
      /^seeds\/accounts\.ts$/,
      /^workflows\/names\.ts$/,
      anyPackage,
    ],
  },
];

const statement = /^(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

const importsOf = (file: string, source: string): Import[] => {
  const resolve = (name: string): string => (name.startsWith('.') ? normalize(join(dirname(file), name)) : name);
  return [
    ...[...source.matchAll(statement)].map(([, type, name = '']) => ({
      target: resolve(name),
      typeOnly: type !== undefined,
    })),
    ...[...source.matchAll(dynamic)].map(([, name = '']) => ({ target: resolve(name), typeOnly: false })),
  ];
};

/** Each forbidden import in this source, as a sentence. */
export const violationsOf = (file: string, source: string): string[] => {
  const rule = rules.find((candidate) => candidate.files.test(file));
  if (!rule) return [];
  return importsOf(file, source)
    .filter(({ target, typeOnly }) => {
      const allowed = typeOnly ? [...rule.values, ...(rule.types ?? [])] : rule.values;
      return !allowed.some((pattern) => pattern.test(target));
    })
    .map(({ target, typeOnly }) => `${file} may not import ${typeOnly ? 'the types of ' : ''}${target}`);
};

// Tests and fixtures may combine modules, like the application.
const isCode = (file: string): boolean => !/\.(test|fixture)\.tsx?$/.test(file);

export const findViolations = (): string[] =>
  globSync('{workflows,activities,api,web,seeds,dev}/**/*.{ts,tsx}')
    .filter((file) => isCode(file) && !file.startsWith('web/dist/'))
    .flatMap((file) => violationsOf(file, readFileSync(file, 'utf8')));

if (import.meta.main) {
  const violations = [...findViolations(), ...findBackDoors()];
  for (const violation of violations) console.error(violation);
  if (violations.length > 0) process.exit(1);
}
