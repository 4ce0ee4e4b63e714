import type { System } from '../workflows/ticket/rules/words.ts';

export interface RoleSeed {
  system: System;
  name: string;
}

/** Each system has an Admin from the day on which it is made. */
export const adminRole = (system: System): RoleSeed => ({ system, name: 'Admin' });

export const ttsRoles: readonly RoleSeed[] = [
  adminRole('tts'),
  { system: 'tts', name: 'Asset Manager' },
  { system: 'tts', name: 'Budget Manager' },
];

export const hdtsRoles: readonly RoleSeed[] = [
  adminRole('hdts'),
  { system: 'hdts', name: 'Employee' },
  { system: 'hdts', name: 'Ticket Coordinator' },
];
