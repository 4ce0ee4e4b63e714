import type { System } from '../workflows/ticket/rules/words.ts';

export interface SystemSeed {
  slug: System;
  name: string;
}

export const systemSeeds: readonly SystemSeed[] = [
  { slug: 'hdts', name: 'Help Desk and Ticketing System' },
  { slug: 'tts', name: 'Ticket Tracking System' },
  { slug: 'ams', name: 'Asset Management System' },
  { slug: 'bms', name: 'Budget Management System' },
];
