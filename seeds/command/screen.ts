import { Presets, SingleBar } from 'cli-progress';
import type { SeedProgress, SeedReport } from '../../workflows/seed/messages.ts';
import type { SeedCommand } from '../../workflows/seed/names.ts';
import { printedAccounts } from '../accounts.ts';
import type { Watcher } from './follow.ts';

export interface Screen extends Watcher {
  done(report: SeedReport, workflowId: string): void;
  failed(message: string, workflowId: string | null): void;
}

type Print = (line: string) => void;

const amount = (count: number, word: string): string[] => (count > 0 ? [`${count} ${word}`] : []);

const summary = ({ created, existing }: { created: number; existing: number }): string =>
  [...amount(created, 'created'), ...amount(existing, 'there already')].join(', ') || 'nothing to do';

/** The last lines of a run: what was created, the ticket numbers, and the accounts that it created. */
export const reportLines = (report: SeedReport, workflowId: string): string[] => {
  const phases = report.phases.filter(({ created, existing }) => created + existing > 0);
  const accounts = printedAccounts.filter(({ key }) => report.accounts.includes(key));
  return [
    ...phases.map((phase) => `${phase.phase}: ${summary(phase)}`),
    ...(report.numbers ? [`Tickets ${report.numbers.first} to ${report.numbers.last}`] : []),
    ...accounts.map(({ system, role, email, password }) => `Sign in as ${role} (${system}): ${email} / ${password}`),
    `Done: ${summary(report)}. Temporal Web shows it as ${workflowId}.`,
  ];
};

/** Plain lines for pipes and logs, one for each phase. */
export const plainScreen = (print: Print, complain: Print): Screen => {
  let phase = '';
  return {
    progress(progress) {
      if (progress.phase === phase) return;
      phase = progress.phase;
      print(`[${progress.done}/${progress.total}] ${phase}`);
    },
    say: complain,
    done: (report, workflowId) => reportLines(report, workflowId).forEach(print),
    failed: complain,
  };
};

/** A progress bar in place, with the current phase beside it. */
export const barScreen = (print: Print, complain: Print): Screen => {
  const bar = new SingleBar({ format: '{bar} {value}/{total} {phase}', hideCursor: true }, Presets.shades_classic);
  let drawn = false;
  const lift = (): void => {
    if (drawn) bar.stop();
    drawn = false;
  };
  return {
    progress({ phase, done, total }: SeedProgress) {
      if (!drawn) bar.start(total, done, { phase });
      drawn = true;
      bar.update(done, { phase });
    },
    say(text) {
      lift();
      complain(text);
    },
    done(report, workflowId) {
      if (drawn) bar.update(bar.getTotal(), { phase: 'Done' });
      lift();
      for (const line of reportLines(report, workflowId)) print(line);
    },
    failed(message) {
      lift();
      complain(message);
    },
  };
};

/** Only one JSON object at the end. */
export const jsonScreen = (command: SeedCommand, print: Print): Screen => ({
  progress() {},
  say() {},
  done: (report, workflowId) => print(JSON.stringify({ command, workflowId, status: 'completed', ...report })),
  failed: (message, workflowId) => print(JSON.stringify({ command, workflowId, status: 'failed', error: message })),
});
