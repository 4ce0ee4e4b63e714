import type { Operation } from './journal.ts';

/**
 * Seconds from a blow until the last of the tickets whose command was under way at that moment had taken its next step;
 * null when none was under way.
 */
export const nextStepAfter = (operations: readonly Operation[], blow: number): number | null => {
  const commands = operations.filter(({ kind }) => kind === 'command');
  const hit = new Set(
    commands.filter(({ started, ended }) => started <= blow && ended > blow).map(({ ticket }) => ticket),
  );
  const steps = [...hit].flatMap((ticket) => {
    const next = commands.find(
      (command) => command.ticket === ticket && command.ended > blow && command.outcome !== 'unknown',
    );
    return next ? [(next.ended - blow) / 1_000] : [];
  });
  return steps.length === 0 ? null : Math.max(...steps);
};
