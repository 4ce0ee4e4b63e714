import type { System } from '../workflows/ticket/rules/words.ts';

export interface RoleSeed {
  system: System;
  /** What everything refers to it by. */
  key: string;
  name: string;
}

/** Each system has an Admin from the day on which it is made. */
export const adminRole = (system: System): RoleSeed => ({ system, key: 'admin', name: 'Admin' });

export const ttsRoles: readonly RoleSeed[] = [
  adminRole('tts'),
  { system: 'tts', key: 'asset_manager', name: 'Asset Manager' },
  { system: 'tts', key: 'budget_manager', name: 'Budget Manager' },
];

export const hdtsRoles: readonly RoleSeed[] = [
  adminRole('hdts'),
  { system: 'hdts', key: 'employee', name: 'Employee' },
  { system: 'hdts', key: 'ticket_coordinator', name: 'Ticket Coordinator' },
];
