import { connect } from 'node:net';
import { vi } from 'vitest';
import { testPassword } from '../../../api/auth/people.fixture.ts';
import type { Answer } from '../../../api/http/browser.fixture.ts';
import type { Place } from '../../factories.ts';
import { ask } from '../contract.ts';
import type { Target } from '../target.ts';

type Database = Pick<Target, 'context'>;

export const sql = <Row extends object>({ context }: Database, text: string, values: unknown[] = []): Promise<Row[]> =>
  context.orm.em.fork().execute<Row[]>(text, values);

/** Tests try wrong passwords all the time; those of one must not count against the next. */
export const forgetTries = (target: Database): Promise<unknown> => sql(target, 'delete from auth.rate_limit');

export const signIn = (
  target: Target,
  email: string,
  password: string = testPassword,
  headers: Record<string, string | string[] | undefined> = {},
): Promise<Answer> => ask(target, { path: '/api/auth/sign-in', json: { email, password }, headers });

/** The cookie that an answer sets, as a browser sends it back. */
export const cookieIn = (answer: Answer): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

/** The statements that the ORM sends to the database while this works. Where time proves nothing, equal work does. */
export const statementsOf = async ({ context }: Pick<Place, 'context'>, work: () => Promise<unknown>) => {
  const log = vi.spyOn(context.orm.config.getLogger(), 'logQuery').mockClear();
  await work();
  const statements = log.mock.calls.map(([{ query }]) => (query ?? '').replaceAll(/'[^']*'/g, '?'));
  log.mockRestore();
  return statements;
};

/** What the server says to these bytes, sent from this address of the machine; empty when it only hangs up. */
export const say = (port: number, bytes: string, from = '127.0.0.1'): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that hangs up in the middle has answered, too.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.write(bytes, 'latin1');
  });

export const statusIn = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
