import { OutboxEntry } from './outbox.entity.ts';

/** Every entity of every module. The modules themselves do not know each other. */
export const entities = [OutboxEntry];
