import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node';

type FailureCause = Readonly<{ name?: string; message?: string }>;

/** A line that names a failure, with the first line of its error. `.ci/run` collects these lines. */
const failedLine = (what: string, why: FailureCause | undefined): string => {
  const [first = ''] = stripVTControlCharacters(why?.message ?? '').split('\n');
  return `failed: ${what}: ${why?.name ?? 'Error'}: ${first}`;
};

const failuresIn = (module: TestModule): string[] => {
  const where = `${module.project.name} ${module.relativeModuleId}`;
  const tests = [...module.children.allTests('failed')].map((test) =>
    failedLine(`${where} > ${test.fullName}`, test.result().errors?.[0]),
  );
  // A file that cannot be loaded or a hook that throws is a failure without a test.
  const broken = [module, ...module.children.allSuites()].flatMap((part) => {
    const [error] = part.errors();
    return error ? [failedLine(part.type === 'module' ? where : `${where} > ${part.fullName}`, error)] : [];
  });
  return [...tests, ...broken];
};

/** Prints the result last: the failed tests, then a line `N passed, N failed`. */
export class ClosingLine implements Reporter {
  lines = ['0 passed, 1 failed'];

  onInit(vitest: Vitest): void {
    // On close, so that it comes after all other output.
    vitest.onClose(() => {
      process.stdout.write(`${this.lines.join('\n')}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly FailureCause[], reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const having = (state: string): number => tests.filter((test) => test.result().state === state).length;
    const failures = modules.flatMap(failuresIn);
    failures.push(...unhandled.map((error) => failedLine('outside of any test', error)));
    // When servers do not start or a filter matches no file, there is no test that could fail, so we add a failure.
    const nothingRan = modules.length === 0 && reason !== 'passed';
    if (nothingRan && failures.length === 0) failures.push('failed: no test was found that could run');
    const skipped = having('skipped');
    const closing = `${having('passed')} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    // Print an error that breaks every file only once.
    this.lines = [...new Set(failures), closing];
  }
}
