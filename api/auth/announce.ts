import type { EntityManager } from '@mikro-orm/postgresql';
import { queues, syncWorkflowIds, syncWorkflowTypes } from '../../workflows/names.ts';
import { enqueue, type WorkflowStart } from '../db/outbox/enqueue.ts';
import { type Priority, priorities } from '../temporal/priorities.ts';
import { type Role, type User, UserSystemRole } from './auth.entity.ts';

// Each change that other modules copy starts a sync workflow, in the same transaction. The workflow's id contains the
// version, so one version starts one workflow.

/** The HDTS role of employees; all other HDTS roles are staff. */
export const employeeRole = 'employee';

type Versioned = { version: number; changedAt?: Date };

type Sync = Omit<WorkflowStart, 'token'>;

/** All syncs of one type take one turn: when thousands of people are copied, tickets do not wait for all of them. */
const syncOf = (workflowType: string, priority: Priority) => ({ workflowType, priority, fairnessKey: workflowType });

export const bump = (entity: Versioned): void => {
  entity.version += 1;
  entity.changedAt = new Date();
};

/** The workflow that copies this version of a role to ticket tracking. */
export const roleWorkflow = (roleId: number, version: number): Sync => ({
  ...syncOf(syncWorkflowTypes.role, priorities.roles),
  workflowId: syncWorkflowIds.role(roleId, version),
  taskQueue: queues.workflow,
  args: [{ roleId, version }],
  summary: `Role ${roleId}, version ${version}, to ticket tracking`,
});

/** The workflow that copies this version of a membership to ticket tracking. */
export const memberWorkflow = (userId: number, roleId: number, version: number): Sync => ({
  ...syncOf(syncWorkflowTypes.userSystemRole, priorities.roles),
  workflowId: syncWorkflowIds.userSystemRole(userId, roleId, version),
  taskQueue: queues.workflow,
  args: [{ userId, roleId, version }],
  summary: `User ${userId} in role ${roleId}, version ${version}, to ticket tracking`,
});

/** The workflow that copies this version of a person to the help desk. */
export const personWorkflow = (kind: PersonKind, userId: number, version: number): Sync => ({
  ...syncOf(syncWorkflowTypes[kind], priorities.people),
  workflowId: syncWorkflowIds[kind](userId, version),
  taskQueue: queues.helpdesk,
  args: [{ userId, version }],
  summary: `${kind === 'employee' ? 'Employee' : 'User'} ${userId}, version ${version}, to the help desk`,
});

export const announceRole = (em: EntityManager, role: Role): void => {
  if (role.system.slug === 'tts') enqueue(em, roleWorkflow(role.id, role.version));
};

const announceMember = (em: EntityManager, { user, role, version }: UserSystemRole): void =>
  enqueue(em, memberWorkflow(user.id, role.id, version));

type PersonKind = 'user' | 'employee';

const announcePerson = (em: EntityManager, { id, version }: User, kind: PersonKind): void =>
  enqueue(em, personWorkflow(kind, id, version));

/** Starts the sync of a new account: everybody with an account can ask the help desk. */
export const announceNewUser = (em: EntityManager, user: User): void => announcePerson(em, user, 'user');

const kindOf = (role: Role): PersonKind => (role.key === employeeRole ? 'employee' : 'user');

/** Starts the syncs after an assignment was made, revoked or restored; the caller has raised its version. */
export const announceAssignment = (em: EntityManager, assignment: UserSystemRole): void => {
  const { user, role } = assignment;
  if (role.system.slug === 'tts') announceMember(em, assignment);
  if (role.system.slug !== 'hdts') return;
  bump(user);
  announcePerson(em, user, kindOf(role));
};

/** Starts the syncs of every module that copies this user. */
export const announceUser = async (em: EntityManager, user: User): Promise<void> => {
  bump(user);
  const assignments = await em.find(UserSystemRole, { user }, { populate: ['role.system'] });
  for (const assignment of assignments.filter((entry) => entry.role.system.slug === 'tts')) {
    bump(assignment);
    announceMember(em, assignment);
  }
  const inHelpdesk = assignments.filter((entry) => entry.role.system.slug === 'hdts');
  const kinds = new Set(inHelpdesk.map((entry) => kindOf(entry.role)));
  for (const kind of kinds.size > 0 ? kinds : (['user'] as const)) announcePerson(em, user, kind);
};
