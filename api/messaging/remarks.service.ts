import type { EntityManager } from '@mikro-orm/postgresql';
import { Remark } from './remark.entity.ts';

/** Puts down what somebody says with a command and answers its id, which is all that the command carries. */
export const putDownRemark = async (
  em: EntityManager,
  remark: { ticketNumber: string; authorId: number; text: string },
): Promise<number> => em.insert(Remark, remark);

/** @throws when there is no such remark on this ticket. */
export const remarkText = async (em: EntityManager, id: number, ticketNumber: string): Promise<string> =>
  (await em.findOneOrFail(Remark, { id, ticketNumber })).text;

/** Takes back the remark of a command that was refused. */
export const dropRemark = async (em: EntityManager, id: number): Promise<void> => {
  await em.nativeDelete(Remark, { id });
};
