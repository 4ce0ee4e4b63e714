import { DefaultLogger, type Logger } from '@temporalio/worker';
import type { Log } from '../../api/operations/log.ts';

/** The SDK's own lines, written to our log. */
export const temporalLogger = (log: Log): Logger =>
  new DefaultLogger('INFO', ({ level, message, meta }) => {
    const facts = { ...meta };
    if (level === 'ERROR') log.error(facts, message);
    else if (level === 'WARN') log.warn(facts, message);
    else if (level === 'INFO') log.info(facts, message);
    else log.debug(facts, message);
  });
