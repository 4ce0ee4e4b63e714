import type { EntityManager } from '@mikro-orm/postgresql';
import { queues, syncWorkflowIds, syncWorkflowTypes } from '../../workflows/names.ts';
import { enqueue } from '../db/outbox.ts';
import { type Role, type User, UserSystemRole } from './auth.entity.ts';

// Each change of a fact that other modules copy starts its sync flow, in the transaction of the change itself. The
// flow's id has the version in it, so one version starts one flow.

/** The role of HDTS that makes an employee; all others make staff. */
export const employeeRole = 'Employee';

type Versioned = { version: number; changedAt?: Date };

export const bump = (entity: Versioned): void => {
  entity.version += 1;
  entity.changedAt = new Date();
};

export const announceRole = (em: EntityManager, role: Role): void => {
  if (role.system.slug !== 'tts') return;
  enqueue(em, {
    workflowType: syncWorkflowTypes.role,
    workflowId: syncWorkflowIds.role(role.id, role.version),
    taskQueue: queues.workflow,
    args: [{ roleId: role.id, version: role.version }],
    summary: `Role ${role.id}, version ${role.version}, to ticket tracking`,
  });
};

const announceMember = (em: EntityManager, assignment: UserSystemRole): void => {
  const { id: userId } = assignment.user;
  const { id: roleId } = assignment.role;
  enqueue(em, {
    workflowType: syncWorkflowTypes.userSystemRole,
    workflowId: syncWorkflowIds.userSystemRole(userId, roleId, assignment.version),
    taskQueue: queues.workflow,
    args: [{ userId, roleId, version: assignment.version }],
    summary: `User ${userId} in role ${roleId}, version ${assignment.version}, to ticket tracking`,
  });
};

const announcePerson = (em: EntityManager, user: User, kind: 'user' | 'employee'): void =>
  enqueue(em, {
    workflowType: syncWorkflowTypes[kind],
    workflowId: syncWorkflowIds[kind](user.id, user.version),
    taskQueue: queues.helpdesk,
    args: [{ userId: user.id, version: user.version }],
    summary: `${kind === 'employee' ? 'Employee' : 'User'} ${user.id}, version ${user.version}, to the help desk`,
  });

const kindOf = (role: Role): 'user' | 'employee' => (role.name === employeeRole ? 'employee' : 'user');

/** An assignment was made, taken away or given back; its own version has been counted already. */
export const announceAssignment = (em: EntityManager, assignment: UserSystemRole): void => {
  const { user, role } = assignment;
  if (role.system.slug === 'tts') announceMember(em, assignment);
  if (role.system.slug !== 'hdts') return;
  bump(user);
  announcePerson(em, user, kindOf(role));
};

/** A user's own facts changed: everybody who has a copy gets a new one. */
export const announceUser = async (em: EntityManager, user: User): Promise<void> => {
  bump(user);
  const assignments = await em.find(UserSystemRole, { user }, { populate: ['role.system'] });
  for (const assignment of assignments.filter((entry) => entry.role.system.slug === 'tts')) {
    bump(assignment);
    announceMember(em, assignment);
  }
  const inHelpdesk = assignments.filter((entry) => entry.role.system.slug === 'hdts');
  for (const kind of new Set(inHelpdesk.map((entry) => kindOf(entry.role)))) announcePerson(em, user, kind);
};
