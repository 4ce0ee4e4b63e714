import type { Context } from '../../api/context.ts';
import { repeatEvery } from '../../api/operations/repeat.ts';
import { currentBuild, makeCurrent } from './current-build.ts';

/** If Temporal loses its data, no build is current any more and no workflow runs, until a look finds that. */
const lookEveryMs = 5_000;

export interface CurrentBuild {
  /** Settles as soon as any build is current. */
  known: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes this build current if none is: in a new installation, and after Temporal has lost its data. With
 * WORKER_MAKE_CURRENT it also takes over from another build, once, when the worker starts.
 */
export const keepCurrent = ({ config, temporal, log }: Context, buildId: string): CurrentBuild => {
  const known = Promise.withResolvers<void>();
  let takesOver = config.WORKER_MAKE_CURRENT;
  const look = async (): Promise<void> => {
    const current = await currentBuild(temporal);
    if (current === null || (takesOver && current !== buildId)) {
      await makeCurrent(temporal, buildId, lookEveryMs);
      log.info({ buildId, before: current }, 'build made current');
    }
    takesOver = false;
    known.resolve();
  };
  const looks = repeatEvery(lookEveryMs, look, (error) =>
    log.warn({ error, buildId }, 'could not see to the current build, trying again'),
  );
  looks.now();
  return { known: known.promise, stop: () => looks.stop() };
};
