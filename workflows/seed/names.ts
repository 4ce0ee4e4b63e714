// The seed commands, their workflow types and their workflow ids.

export const seedCommands = [
  'systems',
  'tts',
  'hdts',
  'employees',
  'roles',
  'workflows',
  'hdts_employees',
  'tickets',
  'tickets_open',
  'all',
  'base',
] as const;
export type SeedCommand = (typeof seedCommands)[number];

export const seedWorkflowType = (command: SeedCommand): string => `seed.${command}`;

/** One workflow at a time for each command; starting a running one joins it. */
export const seedWorkflowId = (command: SeedCommand): string => `seed:${command}`;

/** Workflow E of the setup guide: seeding auth triggers it in tracking. */
export const workflowSeedType = 'workflow_seed';
export const workflowSeedId = (runId: string): string => `workflow_seed:${runId}`;
