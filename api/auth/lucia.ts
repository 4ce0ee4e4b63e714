import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type { SessionUser } from '../http/user.ts';
import { auth } from './auth.tables.ts';
import { Session } from './session.entity.ts';
import { sessionUserOf, sessionUsers } from './session-user.ts';

// Only this file uses Lucia, which is no longer maintained. A replacement only has to implement `Sessions`.

/** An unused session ends after this. */
const idleTime = new TimeSpan(2, 'h');
/** Every session ends after this, even when in use: a working day. Lucia has no such limit; the adapter enforces it. */
const longestHours = 10;

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    UserId: number;
    DatabaseUserAttributes: SessionUser;
  }
}

export interface Sessions {
  create(userId: number): Promise<{ token: string; cookie: string }>;
  /** Takes one query. `freshCookie` is set when the session was prolonged and the browser needs a new cookie. */
  validate(token: string): Promise<{ user: SessionUser; freshCookie: string | null } | null>;
  end(token: string): Promise<void>;
  endAllOf(userId: number): Promise<void>;
  /** The session token in a Cookie header, not validated. */
  tokenIn(cookieHeader: string | undefined): string | null;
  blankCookie(): string;
}

const isHttps = (publicUrl: string): boolean => publicUrl.startsWith('https://');

/**
 * All ports of a host share their cookies, so the name is our own, with the port: another program, or another installation
 * of ours, has no cookie of that name. `__Host-` makes browsers refuse it from subdomains and without TLS; on plain
 * http://localhost they would drop it. Sessions under the names of older releases are over: people sign in again.
 */
export const sessionCookieName = (publicUrl: string): string => {
  const { port } = new URL(publicUrl);
  return [isHttps(publicUrl) ? '__Host-tickets' : 'tickets', 'session', ...(port ? [port] : [])].join('-');
};

/** Lucia's form of 25 random bytes. */
const tokenForm = /^[a-z0-9]{40}$/;

const hashOf = (sessionId: string): string => createHash('sha256').update(sessionId).digest('hex');

// Lucia uses this process's clock, which can be wrong; the table uses PostgreSQL's, which all processes share. So we pass
// times as milliseconds left. The query builder has no function for this.
const leftOf = sql<number>`extract(epoch from s.expires_at - now())::float8 * 1000`;
const momentIn = (left: number): Date => new Date(Date.now() + left);
const bySql = (moment: Date): RawBuilder<Date> =>
  sql`now() + ${moment.getTime() - Date.now()}::float8 * interval '1 ms'`;
const latestEnd = sql<Date>`created_at + ${`${longestHours} hours`}::interval`;

// Lucia works with raw session ids: we hash what it passes in, and give it back the raw id.
const adapterOn = (em: EntityManager): Adapter => ({
  async getSessionAndUser(sessionId) {
    const row = await sessionUsers(em)
      .innerJoin('auth.session as s', 's.user_id', 'u.id')
      .where('s.id', '=', hashOf(sessionId))
      .select(leftOf.as('left'))
      .executeTakeFirst();
    if (!row) {
      // When the account may no longer sign in, delete the session: it must not revive when the account is reactivated.
      await em.nativeDelete(Session, { id: hashOf(sessionId) });
      return [null, null];
    }
    const session: DatabaseSession = { id: sessionId, userId: row.id, expiresAt: momentIn(row.left), attributes: {} };
    const user: DatabaseUser = { id: row.id, attributes: sessionUserOf(row) };
    return [session, user];
  },
  async getUserSessions() {
    throw new Error('Sessions cannot be listed: only hashes of their ids are stored');
  },
  async setSession(session) {
    await auth(em)
      .insertInto('auth.session')
      .values({ id: hashOf(session.id), user_id: session.userId, expires_at: bySql(session.expiresAt) })
      .execute();
  },
  async updateSessionExpiration(sessionId, expiresAt) {
    // An UPDATE, not an upsert: a session that has ended meanwhile must stay ended.
    await auth(em)
      .updateTable('auth.session')
      .set({ expires_at: sql`least(${bySql(expiresAt)}, ${latestEnd})` })
      .where('id', '=', hashOf(sessionId))
      .execute();
  },
  async deleteSession(sessionId) {
    await em.nativeDelete(Session, { id: hashOf(sessionId) });
  },
  async deleteUserSessions(userId) {
    await em.nativeDelete(Session, { user: userId });
  },
  async deleteExpiredSessions() {
    await auth(em).deleteFrom('auth.session').where('expires_at', '<', sql<Date>`now()`).execute();
  },
});

const createLucia = (em: EntityManager, publicUrl: string) =>
  new Lucia(adapterOn(em), {
    sessionExpiresIn: idleTime,
    sessionCookie: {
      name: sessionCookieName(publicUrl),
      attributes: { secure: isHttps(publicUrl), sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ id: _id, ...user }) => user,
  });

/** The sessions, using this request's entity manager. */
export const sessionsOf = (em: EntityManager, publicUrl: string): Sessions => {
  const lucia = createLucia(em, publicUrl);
  const cookieFor = (token: string): string => lucia.createSessionCookie(token).serialize();
  const name = sessionCookieName(publicUrl);
  return {
    async create(userId) {
      const [{ id }] = await Promise.all([lucia.createSession(userId, {}), lucia.deleteExpiredSessions()]);
      return { token: id, cookie: cookieFor(id) };
    },
    async validate(token) {
      const { session, user } = await lucia.validateSession(token);
      return session ? { user, freshCookie: session.fresh ? cookieFor(token) : null } : null;
    },
    end: (token) => lucia.invalidateSession(token),
    endAllOf: (userId) => lucia.invalidateUserSessions(userId),
    // Lucia's own parser throws on a `%` in any cookie, and picks one of two cookies of the same name. What cannot be a
    // token does not count: it may be another program's. Of two tokens, one was slipped in.
    tokenIn: (header) => {
      const cookies = (header ?? '').split(';').map((pair) => pair.trim());
      const values = cookies.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
      const [token = null, ...others] = new Set(values.filter((value) => tokenForm.test(value)));
      return others.length === 0 ? token : null;
    },
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
  };
};
