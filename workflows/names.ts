// Task queues, workflow types and workflow ids. No other file spells them out.

export const queues = {
  workflow: 'workflow',
  helpdesk: 'helpdesk',
  notification: 'notification',
  mail: 'mail',
} as const;

/** The search attributes of a ticket workflow; registered when the Temporal server is set up. */
export const searchAttributes = {
  ticketNumber: 'TicketNumber',
  status: 'TicketStatus',
  step: 'Step',
  role: 'Role',
  priority: 'Priority',
  system: 'System',
  version: 'TicketVersion',
} as const;

export const ticketWorkflowId = (number: string): string => `ticket:${number}`;
/** The ticket number in a workflow id. */
export const ticketNumberOf = (workflowId: string): string => workflowId.slice(ticketWorkflowId('').length);
export const ticketWorkflowType = 'ticketLifecycle';

export const deliveryWorkflowId = (batch: string): string => `notification.deliver:${batch}`;
export const deliveryWorkflowType = 'notification.deliver';

// The sync workflows have the names of the setup guide's queues, so that admins find them in Temporal Web.
export const syncWorkflowIds = {
  role: (roleId: number, version: number): string => `tts.role.sync:${roleId}:v${version}`,
  userSystemRole: (userId: number, roleId: number, version: number): string =>
    `tts.user_system_role.sync:${userId}:${roleId}:v${version}`,
  user: (userId: number, version: number): string => `hdts.user.sync:${userId}:v${version}`,
  employee: (userId: number, version: number): string => `hdts.employee.sync:${userId}:v${version}`,
};
export const syncWorkflowTypes = {
  role: 'tts.role.sync',
  userSystemRole: 'tts.user_system_role.sync',
  user: 'hdts.user.sync',
  employee: 'hdts.employee.sync',
} as const;

/** The one workflow that compares PostgreSQL and Temporal. */
export const reconcileWorkflowId = 'reconcile';
export const reconcileWorkflowType = 'reconcile';
