import { type Logger, pino } from 'pino';

export type Log = Logger;

/** One line of JSON for each fact; secrets never reach it. */
export const createLog = (name: string, level: string): Log =>
  pino({
    name,
    level,
    serializers: { error: pino.stdSerializers.err },
    redact: { paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.passwordHash'] },
  });
