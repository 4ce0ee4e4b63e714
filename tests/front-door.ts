import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { z } from 'zod';

// Use libraries only through their public interface (rule 7): no path that a package does not export, no assignment to a
// prototype, a global or a library's object, no debug mode. `npm run lint` runs this through boundaries.ts.

const manifest = z.object({ exports: z.unknown() });

const offers = new Map<string, readonly string[] | null>();

/** The subpaths that a package exports, like `./icons/*`; null when it has no `exports` and so only one entry. */
const offersOf = (name: string): readonly string[] | null => {
  if (!offers.has(name)) {
    const { exports } = manifest.parse(JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')));
    offers.set(name, typeof exports === 'object' && exports !== null ? Object.keys(exports) : null);
  }
  return offers.get(name) ?? null;
};

/** Folders with a package's internals, even when its `exports` allow them. */
const inside = /\/(lib|dist|src|build|cjs|esm|internal)(\/|$)/;

const specifiers = /(?:\bfrom\s+|\bimport\s+|\b(?:import|require|resolve)\(\s*)['"]([^'"\n]+)['"]/g;
const bare = /^(?:@[a-z][\w.-]*\/)?[a-z][\w.-]*(?=\/)/;

const isOffered = (specifier: string, name: string): boolean => {
  const subpath = specifier.slice(name.length);
  if (inside.test(subpath)) return false;
  return offersOf(name)?.some((offer) => matchesGlob(`.${subpath}`, offer)) ?? false;
};

const pathsInside = (source: string): string[] =>
  [...source.matchAll(specifiers)].flatMap(([, specifier = '']) => {
    const [name] = bare.exec(specifier) ?? [];
    if (name === undefined || specifier.startsWith('node:')) return [];
    return isOffered(specifier, name) ? [] : [`imports ${specifier}, a path inside ${name}`];
  });

const globals = 'globalThis|global|console|process|Date|Math|JSON|Promise|Array|Object|String|Error|setTimeout';
const func = String.raw`(?:async\s*)?(?:function\b|\([^()]*\)(?::[^=;]+)?\s*=>|\w+\s*=>)`;

const forbidden: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['changes a prototype', /\.prototype(?:\.\w+|\[[^\]]+\])\s*=(?!=)/g],
  ['changes a prototype', /\b(?:assign|defineProperty|defineProperties|setPrototypeOf)\(\s*[\w.]+\.prototype\b/g],
  ['changes a global', /\bwindow\.(?!__)\w+\s*=(?![=>])/g],
  [
    'changes a global',
    new RegExp(String.raw`(?<![\w.])(?:${globals})(?:\.(?!exitCode\b)\w+|\[[^\]]+\])\s*=(?![=>])`, 'g'),
  ],
  [
    'changes a global',
    new RegExp(String.raw`\b(?:assign|defineProperty|defineProperties)\(\s*(?:${globals})\s*,`, 'g'),
  ],
  [
    'puts another method into an object',
    new RegExp(String.raw`(?<![\w.])(?!this\.|module\.)\w+(?:\.\w+)*\.(?!on[a-z]+\b)\w+\s*=\s*${func}`, 'g'),
  ],
  ['uses the debug mode of the SDK', /\b(?:debugMode|TEMPORAL_DEBUG)\b/g],
  ['hooks into promises', /\bpromiseHooks\b/g],
];

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

/** Each use of a library's internals in this source, as a sentence. */
export const backDoorsOf = (file: string, source: string): string[] => {
  const code = withoutComments(source);
  const changes = forbidden.flatMap(([what, pattern]) => [...code.matchAll(pattern)].map(([hit]) => `${what}: ${hit}`));
  return [...pathsInside(code), ...changes].map((sentence) => `${file} ${sentence}`);
};

/** Exceptions for tests, each with its reason. */
const excused: readonly string[] = [
  // jsdom has no layout and no dialogs.
  'web/lib/page.fixture.tsx',
  'web/desk/**/ticket.page.test.tsx',
  // Makes the clock of a process go wrong, on purpose.
  'tests/faults/arena/clock.ts',
  // A workflow test assigns to its own activity objects.
  'workflows/ticket/*.test.ts',
  // These name the forbidden forms.
  'tests/front-door.ts',
  'tests/front-door.test.ts',
];

const ours = '{*.ts,{workflows,activities,api,web,seeds,dev,tests}/**/*.{ts,tsx}}';

export const findBackDoors = (): string[] =>
  globSync(ours)
    .filter((file) => !file.startsWith('web/dist/') && !excused.some((pattern) => matchesGlob(file, pattern)))
    .flatMap((file) => backDoorsOf(file, readFileSync(file, 'utf8')));
