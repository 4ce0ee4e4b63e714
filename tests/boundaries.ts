import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { findBackDoors } from './front-door.ts';

// Who may import whom. `npm run lint` runs this file, and front-door.ts with it; boundaries.test.ts asserts it and that it
// finds a planted fault.

interface Import {
  /** The file or package that is imported, relative to the root. */
  target: string;
  typeOnly: boolean;
}

interface Rule {
  /** Files that the rule is for. */
  files: RegExp;
  /** What they may import; everything else is refused. Type imports are free where `types` allows them too. */
  values: RegExp[];
  types?: RegExp[];
}

const modules = ['auth', 'helpdesk', 'tracking', 'messaging', 'notification'];
const ticketRules = /^workflows\/(names|ticket\/(messages|rules\/.+))\.ts$/;
// How a command is declared to users and routes, and whether somebody may send it, is nobody's own.
const shared = /^api\/((http|db|operations|temporal)\/.+|commands\/authority|[\w.-]+)\.ts$/;
const anyPackage = /^(node:|@?[a-z][\w.-]*(\/|$))(?!.*\.tsx?$)/;

const moduleRule = (name: string): Rule => ({
  files: new RegExp(`^api/${name}/`),
  values: [new RegExp(`^api/${name}/`), shared, ticketRules, anyPackage],
  types: [/^workflows\/notification\/mail-batch\.ts$/],
});

const rules: Rule[] = [
  // The sandbox: deterministic code and nothing else. The bundler does not guard it.
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
      /^api\/(config|helpdesk\/(catalogue|budget))\.ts$/,
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
      /^api\/(config|db\/migrate)\.ts$/,
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

/** Every import in this source that its place forbids, as a sentence. */
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

// Tests and fixtures bring modules together as the application does.
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
