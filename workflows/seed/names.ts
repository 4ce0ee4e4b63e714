// The seed commands, the types of their workflows and the ids under which they run.

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

/** One at a time for each command: whoever asks for a running one follows it. */
export const seedWorkflowId = (command: SeedCommand): string => `seed:${command}`;

/** Workflow E of the setup guide: what auth's seeding sets off in tracking. */
export const workflowSeedType = 'workflow_seed';
export const workflowSeedId = (runId: string): string => `workflow_seed:${runId}`;
