import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node';

const closingLine = (modules: readonly TestModule[], unhandledErrors: number): string => {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const having = (state: string): number => tests.filter((test) => test.result().state === state).length;
  // A file that cannot be read or a hook that throws has no test to its name, and is a failure all the same.
  const parts = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const broken = parts.filter((part) => part.errors().length > 0).length;
  const skipped = having('skipped');
  const failed = having('failed') + broken + unhandledErrors;
  return `${having('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
};

/** Says last, on a line of its own, how the tests went: `N passed, N failed`. */
export class ClosingLine implements Reporter {
  line = '0 passed, 1 failed';

  onInit(vitest: Vitest): void {
    // Everything else has been said when vitest closes.
    vitest.onClose(() => {
      process.stdout.write(`${this.line}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[], reason: TestRunEndReason): void {
    // Servers that do not start, or a filter that finds no file: failed without anything that could bear it.
    const nothingRan = modules.length === 0 && reason !== 'passed';
    this.line = closingLine(modules, nothingRan ? Math.max(1, unhandled.length) : unhandled.length);
  }
}
