import type { Activities } from '../../../activities/index.ts';

/** Where an activity comes to be: in the lives of tickets, or while an empty installation is seeded. */
type Place = 'lives' | 'seeding';

/** All types of activities. A new one needs its line here, and a story that comes to it: lives.ts, seeding.ts. */
const places = {
  recordChange: 'lives',
  currentState: 'lives',
  findWorkflow: 'lives',
  pinnedVersion: 'lives',
  needsAssignee: 'lives',

  deliverRound: 'lives',
  deliverNotice: 'lives',
  giveUpNotice: 'lives',

  compareTickets: 'lives',
  settleTickets: 'lives',
  compareMails: 'lives',
  compareSyncs: 'lives',
  hintTickets: 'lives',

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
