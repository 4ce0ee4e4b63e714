import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** What the rate limiter counts; shared by all API processes. The limiter itself reads and writes it. */
export const RateLimit = defineEntity({
  name: 'RateLimit',
  schema: 'auth',
  tableName: 'rate_limit',
  properties: {
    key: p.string().length(255).primary(),
    points: p.integer().default(0),
    /** Milliseconds since 1970. */
    expire: p.bigint().nullable(),
  },
});
export type RateLimit = InferEntity<typeof RateLimit>;
