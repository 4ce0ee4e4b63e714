import type { Activities } from '../../../activities/index.ts';

/** When an activity runs: while tickets go on, while an empty installation is seeded, or only for workflows of an earlier release. */
type Place = 'tickets' | 'seeding' | 'earlier';

/** All types of activities. A new one needs a row here, and something that runs it: provoke-activities.ts, seed-while-dying.ts. */
const places = {
  'Write the change down': 'tickets',
  'Read the ticket again': 'tickets',
  'Find the workflow definition': 'tickets',
  'Load the workflow definition': 'tickets',
  'Check who has the step': 'tickets',
  recordChange: 'earlier',
  currentState: 'earlier',
  findWorkflow: 'earlier',
  pinnedVersion: 'earlier',
  needsAssignee: 'earlier',

  sendMailBatch: 'tickets',
  sendMail: 'tickets',
  giveUpMail: 'tickets',
  deliverRound: 'earlier',
  deliverNotice: 'earlier',
  giveUpNotice: 'earlier',

  compareTickets: 'tickets',
  settleTickets: 'tickets',
  compareMails: 'tickets',
  compareSyncs: 'tickets',
  hintTickets: 'tickets',

  syncRole: 'seeding',
  syncRoleMember: 'seeding',
  syncPerson: 'seeding',

  clearEverything: 'seeding',
  seedSystem: 'seeding',
  seedRoles: 'seeding',
  seedAccounts: 'seeding',
  awaitTrackingRoles: 'seeding',
  seedWorkflow: 'seeding',
  seedEmployees: 'seeding',
  seedPeople: 'seeding',
  awaitTicketPeople: 'seeding',
  submitTickets: 'seeding',
  moveTickets: 'seeding',
} as const satisfies Record<keyof Activities, Place>;

export const knownTypes: readonly string[] = Object.keys(places);

export const typesAt = (place: Place): string[] =>
  Object.entries(places).flatMap(([type, where]) => (where === place ? [type] : []));
