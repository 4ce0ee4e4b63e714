import type { EntityManager } from '@mikro-orm/postgresql';
import { Role } from '../../api/auth/auth.entity.ts';
import type { Context } from '../../api/context.ts';
import { publishDefinition } from '../../api/tracking/definitions.service.ts';
import { TrackingRole } from '../../api/tracking/members.entity.ts';
import { workflowRoles, workflowSeeds } from '../../seeds/workflows.ts';
import type { Tally } from '../../workflows/seed/messages.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import { explained, notYet, seedFirst } from './failures.ts';
import { tallyOf } from './tally.ts';

/** Fails while tracking lacks roles, and says whether they are not seeded or still being synced. */
const requireTrackingRoles = async (em: EntityManager): Promise<void> => {
  const there = await em.find(TrackingRole, { key: [...workflowRoles], active: true });
  const missing = workflowRoles.filter((key) => !there.some((role) => role.key === key));
  if (missing.length === 0) return;
  const made = await em.find(Role, { system: { slug: 'tts' }, key: missing, isActive: true });
  const unmade = missing.find((key) => !made.some((role) => role.key === key));
  if (unmade) throw seedFirst(`Role does not exist: ${readableRole(unmade)}`, 'tts');
  throw notYet(
    `${missing.map(readableRole).join(', ')}: on the way to ticket tracking. The API sends it there and the worker of the queue workflow takes it in; both must run (npm start).`,
  );
};

export const createDefinitionSeeds = ({ orm }: Pick<Context, 'orm'>) => ({
  /** Retried until the roles have arrived (workflow D of the setup guide). */
  awaitTrackingRoles: explained((): Promise<void> => requireTrackingRoles(orm.em.fork())),

  /** Seeds one of the five definitions; the same one is published only once. */
  seedWorkflow: explained(async (index: number): Promise<Tally> => {
    const seed = workflowSeeds[index];
    if (!seed) throw new Error(`There is no workflow ${index} in seeds/workflows.ts`);
    return tallyOf([await publishDefinition(orm.em.fork(), seed)]);
  }),
});
