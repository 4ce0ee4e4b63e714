import { z } from 'zod';
import type { Say } from './launch.ts';

const levels: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

/** A line of our own log, as pino writes it. */
const record = z.looseObject({ level: z.number(), time: z.number(), msg: z.string().default('') });
const told = new Set(['level', 'time', 'msg', 'name', 'pid', 'hostname', 'error']);
const failure = z.object({ stack: z.string() });

const fact = ([key, value]: [string, unknown]): string =>
  `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`;

const parse = (line: string): unknown => {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

/** A log line for people: time, level, message, facts, and an error with its stack. Other lines stay as they are. */
export const readable = (line: string): string => {
  const parsed = record.safeParse(parse(line));
  if (!parsed.success) return line;
  const { level, time, msg, error } = parsed.data;
  const facts = Object.entries(parsed.data).filter(([key]) => !told.has(key));
  const head = [new Date(time).toTimeString().slice(0, 8), levels[level] ?? level, msg, ...facts.map(fact)];
  const stack = failure.safeParse(error);
  return [head.join(' '), ...(stack.success ? [stack.data.stack] : [])].join('\n');
};

/** Writes each line after the name of its process. */
export const sayToTerminal: Say = (source, text) => {
  for (const line of readable(text).split('\n')) process.stdout.write(`${source.padEnd(8)} │ ${line}\n`);
};

interface Account {
  system: string;
  role: string;
  email: string;
  password: string;
}

export interface Greeting {
  seconds: number;
  addresses: readonly (readonly [label: string, address: string])[];
  accounts: readonly Account[];
}

const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd());
};

/** What a newcomer needs once everything runs. */
export const greeting = ({ seconds, addresses, accounts }: Greeting): string => {
  const people = accounts.map(({ system, role, email, password }) => [system.toUpperCase(), role, email, password]);
  return [
    '',
    `Everything is ready in ${seconds.toFixed(1)} s.`,
    '',
    ...table(addresses),
    ...(people.length === 0 ? [] : ['', 'Sign in with one of these accounts:', '', ...table(people)]),
    '',
    'Ctrl-C stops all of it.',
    '',
  ].join('\n');
};
