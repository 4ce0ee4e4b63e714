import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node';

type Told = Readonly<{ name?: string; message?: string }>;

/** A line that names what has failed, with the first line of why. `.ci/run` gathers them. */
const failedLine = (what: string, why: Told | undefined): string => {
  const [first = ''] = stripVTControlCharacters(why?.message ?? '').split('\n');
  return `failed: ${what}: ${why?.name ?? 'Error'}: ${first}`;
};

const failuresIn = (module: TestModule): string[] => {
  const where = `${module.project.name} ${module.relativeModuleId}`;
  const tests = [...module.children.allTests('failed')].map((test) =>
    failedLine(`${where} > ${test.fullName}`, test.result().errors?.[0]),
  );
  // A file that cannot be read or a hook that throws has no test to its name, and is a failure all the same.
  const broken = [module, ...module.children.allSuites()].flatMap((part) => {
    const [error] = part.errors();
    return error ? [failedLine(part.type === 'module' ? where : `${where} > ${part.fullName}`, error)] : [];
  });
  return [...tests, ...broken];
};

/** Says last how the tests went: which have failed, and on a line of its own `N passed, N failed`. */
export class ClosingLine implements Reporter {
  lines = ['0 passed, 1 failed'];

  onInit(vitest: Vitest): void {
    // Everything else has been said when vitest closes.
    vitest.onClose(() => {
      process.stdout.write(`${this.lines.join('\n')}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly Told[], reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const having = (state: string): number => tests.filter((test) => test.result().state === state).length;
    const failures = modules.flatMap(failuresIn);
    failures.push(...unhandled.map((error) => failedLine('outside of any test', error)));
    // Servers that do not start, or a filter that finds no file: failed without anything that could bear it.
    const nothingRan = modules.length === 0 && reason !== 'passed';
    if (nothingRan && failures.length === 0) failures.push('failed: no test was found that could run');
    const skipped = having('skipped');
    const closing = `${having('passed')} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    // What breaks each file in the same way is said once.
    this.lines = [...new Set(failures), closing];
  }
}
