import { condition, continueAsNew, log, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import { compareAll } from './compare-all.ts';
import { lookNow, nothing, type ReconcileSettings, type Tally, tallyQuery } from './messages.ts';

// Far below Temporal's limits, so that the history in Temporal Web stays short enough to read.
const eventsPerRun = 2_000;

/** What one run hands on to the next. */
interface Remembered {
  looks: number;
  last: Tally;
  /** The tickets whose workflow was behind its row. */
  lagging: string[];
}

/**
 * Compares PostgreSQL and Temporal over and over, and restores what one of them has lost from the other. There is one such
 * workflow; every API process makes sure that it runs.
 */
export async function reconcile(
  settings: ReconcileSettings,
  remembered: Remembered = { looks: 0, last: nothing, lagging: [] },
): Promise<never> {
  let { seconds } = settings;
  let isCheckRequested = false;
  let memory = remembered;
  setHandler(tallyQuery, () => ({ looks: memory.looks, last: memory.last }));
  setHandler(lookNow, (newer) => {
    ({ seconds } = newer);
    isCheckRequested = true;
  });
  for (;;) {
    isCheckRequested = false;
    const { tally, lagging } = await compareAll(memory.lagging);
    memory = { looks: memory.looks + 1, last: tally, lagging };
    setCurrentDetails(sentence(tally));
    if (hasDoneSomething(tally)) log.info('reconciled', { ...tally });
    await condition(() => isCheckRequested, seconds * 1_000);
    if (workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > eventsPerRun)
      await continueAsNew<typeof reconcile>({ seconds }, memory);
  }
}

const hasDoneSomething = ({ checked: _, ...done }: Tally): boolean => Object.values(done).some((count) => count > 0);

const sentence = (tally: Tally): string =>
  [
    `Looked at ${new Date(Date.now()).toISOString()}: ${tally.checked} compared.`,
    `Started again: ${tally.restarted}. Took the state of their workflow: ${tally.caughtUp}. Ended: ${tally.ended}.`,
    `Signalled, because their step needs another assignee: ${tally.hinted}.`,
    tally.unresolved > 0
      ? `**${tally.unresolved} could not be repaired. The worker's log says which ones, and what to do.**`
      : 'Nothing is left to repair.',
  ].join('\n\n');
