import type { HttpBindings } from '@hono/node-server';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../context.ts';
import type { SessionUser } from './user.ts';

/** What every handler under `/api` finds at `c.var`. */
export interface Env {
  Bindings: Partial<HttpBindings>;
  Variables: {
    context: Context;
    /** The fork of this request. */
    em: EntityManager;
    /** Null while nobody is signed in; a guard other than `anyone` narrows it. */
    user: SessionUser | null;
    requestId: string;
    /** Of the person's machine, also behind a proxy of ours; `unknown` where there is no connection. */
    address: string;
  };
}
