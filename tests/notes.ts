import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type NewNote, writeNote } from '../api/messaging/notes.service.ts';

/** Writes a note for a command that is not sent yet. */
export const noteFor = (em: EntityManager, note: Omit<NewNote, 'commandId'>): Promise<number> =>
  writeNote(em, { ...note, commandId: randomUUID() });
