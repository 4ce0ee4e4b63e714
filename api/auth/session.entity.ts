import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { User } from './auth.entity.ts';

/** A signed-in browser. We store only the hash of the session id, so a stolen table opens no session. */
export const Session = defineEntity({
  name: 'Session',
  schema: 'auth',
  tableName: 'session',
  properties: {
    /** SHA-256 of the session id, in hex. */
    id: p.text().primary(),
    user: () => p.manyToOne(User).index().deleteRule('cascade'),
    expiresAt: p.datetime().index(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export type Session = InferEntity<typeof Session>;
