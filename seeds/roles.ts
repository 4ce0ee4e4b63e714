import type { System } from '../workflows/ticket/rules/words.ts';

export interface RoleSeed {
  system: System;
  /** Everything refers to the role by its key. */
  key: string;
  name: string;
}

/** The Admin role that each system is created with. */
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
