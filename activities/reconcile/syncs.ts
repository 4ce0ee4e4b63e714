import type { EntityManager } from '@mikro-orm/postgresql';
import { memberWorkflow, personWorkflow, roleWorkflow } from '../../api/auth/announce.ts';
import { roleVersions, type UserVersions, userVersions } from '../../api/auth/versions.service.ts';
import type { Context } from '../../api/context.ts';
import { enqueue, type WorkflowStart, waitingIn } from '../../api/db/outbox/enqueue.ts';
import { personVersionsHere } from '../../api/helpdesk/person.service.ts';
import { memberVersionsHere, roleVersionsHere } from '../../api/tracking/members.service.ts';
import type { Compared } from '../../workflows/reconcile/messages.ts';
import { eachAtOnce } from '../at-once.ts';
import type { Workflows } from './workflows.ts';

type Sync = Omit<WorkflowStart, 'token'>;

const pageSize = 500;
const atOnce = 8;

const isOlder = (here: number | undefined, version: number): boolean => here === undefined || here < version;

const rolesBehind = async (em: EntityManager): Promise<Sync[]> => {
  const here = await roleVersionsHere(em);
  const all = await roleVersions(em);
  return all
    .filter((role) => isOlder(here.get(role.roleId), role.version))
    .map((role) => roleWorkflow(role.roleId, role.version));
};

const membersBehind = async (em: EntityManager, users: UserVersions[]): Promise<Sync[]> => {
  const withRoles = users.filter((user) => user.members.length > 0);
  const rows = await memberVersionsHere(
    em,
    withRoles.map((user) => user.userId),
  );
  const here = new Map(rows.map((row) => [`${row.userId} ${row.roleId}`, row.version]));
  return withRoles.flatMap(({ userId, members }) =>
    members
      .filter(({ roleId, version }) => isOlder(here.get(`${userId} ${roleId}`), version))
      .map(({ roleId, version }) => memberWorkflow(userId, roleId, version)),
  );
};

const peopleBehind = async (em: EntityManager, users: UserVersions[]): Promise<Sync[]> => {
  const here = await personVersionsHere(
    em,
    users.map((user) => user.userId),
  );
  return users
    .filter(({ userId, version }) => isOlder(here.get(userId), version))
    .map(({ kind, userId, version }) => personWorkflow(kind, userId, version));
};

/** Makes sure that each fact of auth that is not copied yet has a sync workflow. */
export const createCompareSyncs =
  ({ orm, log }: Pick<Context, 'orm' | 'log'>, workflows: Workflows) =>
  async (after: number): Promise<Compared> => {
    const em = orm.em.fork();
    const users = await userVersions(em, after, pageSize);
    const behind = [
      ...(after === 0 ? await rolesBehind(em) : []),
      ...(await membersBehind(em, users)),
      ...(await peopleBehind(em, users)),
    ];
    const waiting = await waitingIn(
      em,
      behind.map(({ workflowId }) => workflowId),
    );
    const lost: Sync[] = [];
    await eachAtOnce(
      atOnce,
      behind.filter(({ workflowId }) => !waiting.has(workflowId)),
      async (sync) => {
        const workflow = await workflows.find(sync.workflowId);
        if (workflow?.status !== 'RUNNING') lost.push(sync);
      },
    );
    if (lost.length > 0)
      await orm.em.fork().transactional(async (tx) => {
        for (const sync of lost) enqueue(tx, sync);
      });
    for (const { workflowId } of lost) log.warn({ workflowId }, 'sync workflow was lost; started again');
    return {
      checked: users.length,
      restarted: lost.length,
      unresolved: 0,
      next: users.length === pageSize ? (users.at(-1)?.userId ?? null) : null,
    };
  };
