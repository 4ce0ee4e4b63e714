import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type NewNote, writeNote } from '../api/messaging/notes.service.ts';

/** A note as somebody writes it with a command that is still to be sent. */
export const noteFor = (em: EntityManager, note: Omit<NewNote, 'commandId'>): Promise<number> =>
  writeNote(em, { ...note, commandId: randomUUID() });
