import type { System } from '../workflows/ticket/words.ts';

export interface RoleSeed {
  system: System;
  name: string;
  description: string;
}

/** Each system has an Admin from the day on which it is made. */
export const adminRole = (system: System): RoleSeed => ({ system, name: 'Admin', description: descriptions[system] });

const descriptions: Record<System, string> = {
  tts: 'Triages and finalizes tickets, routes what no workflow takes, watches the whole desk.',
  hdts: 'Looks after the help desk: sees every ticket and every account.',
  ams: 'Looks after the register of assets.',
  bms: 'Looks after the budgets.',
};

export const ttsRoles: readonly RoleSeed[] = [
  adminRole('tts'),
  { system: 'tts', name: 'Asset Manager', description: 'Resolves tickets about devices, assets and their software.' },
  { system: 'tts', name: 'Budget Manager', description: 'Resolves tickets about money: proposals, claims, renewals.' },
];

export const hdtsRoles: readonly RoleSeed[] = [
  adminRole('hdts'),
  { system: 'hdts', name: 'Employee', description: 'Submits tickets and follows them to the end.' },
  { system: 'hdts', name: 'Ticket Coordinator', description: 'Reads new tickets, opens them or turns them down.' },
];
