import type { Operation } from './journal.ts';

const isUnderWayAt = (moment: number, { started, ended }: Operation): boolean => started <= moment && ended > moment;

/**
 * Seconds from each blow until the last of the tickets whose command was under way at that moment had taken its next
 * step; null where none was. A ticket that was hit again before its next step counts from the last blow.
 */
export const nextStepAfter = (operations: readonly Operation[], blows: readonly number[]): (number | null)[] => {
  const commands = operations.filter(({ kind }) => kind === 'command');
  const hitBy = (blow: number): Set<string | null> =>
    new Set(commands.filter((command) => isUnderWayAt(blow, command)).map(({ ticket }) => ticket));
  const hits = blows.map((blow) => ({ blow, tickets: hitBy(blow) }));
  return hits.map(({ blow, tickets }) => {
    const steps = [...tickets].flatMap((ticket) => {
      const next = commands.find(
        (command) => command.ticket === ticket && command.ended > blow && command.outcome !== 'unknown',
      );
      const isHitAgain = hits.some(
        (later) => later.blow > blow && later.blow < (next?.ended ?? 0) && later.tickets.has(ticket),
      );
      return next && !isHitAgain ? [(next.ended - blow) / 1_000] : [];
    });
    return steps.length === 0 ? null : Math.max(...steps);
  });
};
