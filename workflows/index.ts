// The workflows that a worker runs: each export is a workflow type. The dotted names are the setup guide's queues.
export { deliverNotification as 'notification.deliver' } from './notification/deliver.ts';
export { reconcile } from './reconcile/workflow.ts';
export {
  seedAll as 'seed.all',
  seedBase as 'seed.base',
  seedEmployees as 'seed.employees',
  seedHdts as 'seed.hdts',
  seedHdtsEmployees as 'seed.hdts_employees',
  seedRoles as 'seed.roles',
  seedSystems as 'seed.systems',
  seedTickets as 'seed.tickets',
  seedTicketsOpen as 'seed.tickets_open',
  seedTts as 'seed.tts',
  seedWorkflows as 'seed.workflows',
  workflowSeed as 'workflow_seed',
} from './seed/commands.ts';
export { employeeSync as 'hdts.employee.sync' } from './sync/employee.ts';
export { roleSync as 'tts.role.sync' } from './sync/role.ts';
export { userSync as 'hdts.user.sync' } from './sync/user.ts';
export { userSystemRoleSync as 'tts.user_system_role.sync' } from './sync/user-system-role.ts';
export { ticketLifecycle } from './ticket/workflow.ts';
