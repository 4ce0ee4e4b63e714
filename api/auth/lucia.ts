import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type { SessionUser } from '../http/user.ts';
import { auth } from './auth.tables.ts';
import { Session } from './session.entity.ts';
import { sessionUserOf, sessionUsers } from './session-user.ts';

// The one file that knows Lucia, which nobody maintains any more: whatever replaces it only has to fit `Sessions`.

/** A session nobody uses ends after this. */
const idleTime = new TimeSpan(2, 'h');
/** Every session ends after this, however busy: a working day. Lucia has no such limit, the adapter holds it. */
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
  /** One query. `freshCookie` is there when the session was prolonged and the browser must learn of it. */
  validate(token: string): Promise<{ user: SessionUser; freshCookie: string | null } | null>;
  end(token: string): Promise<void>;
  endAllOf(userId: number): Promise<void>;
  /** What a Cookie header says, unchecked. */
  tokenIn(cookieHeader: string | undefined): string | null;
  blankCookie(): string;
}

const isHttps = (publicUrl: string): boolean => publicUrl.startsWith('https://');

// `__Host-` makes browsers refuse the cookie from subdomains and without TLS; on plain localhost it would never be kept.
export const sessionCookieName = (publicUrl: string): string => (isHttps(publicUrl) ? '__Host-session' : 'session');

/** What Lucia makes of 25 random bytes. */
const tokenForm = /^[a-z0-9]{40}$/;

const hashOf = (sessionId: string): string => createHash('sha256').update(sessionId).digest('hex');

// Lucia goes by the clock of this process, which can be wrong; what stands in the table goes by PostgreSQL's, which all
// processes share. So a moment crosses as the milliseconds that are left until it; the builder has no word for either way.
const leftOf = sql<number>`extract(epoch from s.expires_at - now())::float8 * 1000`;
const momentIn = (left: number): Date => new Date(Date.now() + left);
const bySql = (moment: Date): RawBuilder<Date> =>
  sql`now() + ${moment.getTime() - Date.now()}::float8 * interval '1 ms'`;
const latestEnd = sql<Date>`created_at + ${`${longestHours} hours`}::interval`;

// Lucia works with raw session ids, so what it hands in is hashed here and what it gets back is what it asked for.
const adapterOn = (em: EntityManager): Adapter => ({
  async getSessionAndUser(sessionId) {
    const row = await sessionUsers(em)
      .innerJoin('auth.session as s', 's.user_id', 'u.id')
      .where('s.id', '=', hashOf(sessionId))
      .select(leftOf.as('left'))
      .executeTakeFirst();
    if (!row) {
      // The session of somebody who may not be signed in any more must not come back when the account does.
      await em.nativeDelete(Session, { id: hashOf(sessionId) });
      return [null, null];
    }
    const session: DatabaseSession = { id: sessionId, userId: row.id, expiresAt: momentIn(row.left), attributes: {} };
    const user: DatabaseUser = { id: row.id, attributes: sessionUserOf(row) };
    return [session, user];
  },
  async getUserSessions() {
    throw new Error('Sessions cannot be listed: their ids are not kept, only hashes');
  },
  async setSession(session) {
    await auth(em)
      .insertInto('auth.session')
      .values({ id: hashOf(session.id), user_id: session.userId, expires_at: bySql(session.expiresAt) })
      .execute();
  },
  async updateSessionExpiration(sessionId, expiresAt) {
    // An UPDATE, never an upsert: a session that was ended in between must stay ended.
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

/** The sessions of all users, through this request's fork. */
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
    // Lucia's own reader throws at a `%` in any cookie, and takes one of two as it likes.
    tokenIn: (header) => {
      const cookies = (header ?? '').split(';').map((pair) => pair.trim());
      const [cookie = '', ...others] = cookies.filter((pair) => pair.startsWith(`${name}=`));
      const token = cookie.slice(name.length + 1);
      return others.length === 0 && tokenForm.test(token) ? token : null;
    },
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
  };
};
