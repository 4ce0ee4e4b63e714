import type { Batch, DigestOfBatch } from './mail-batch.ts';

// Batches that an earlier release started, some with other field names, are continued.

export interface EarlierBatch {
  round: string;
  notices: number[];
}

export interface EarlierDigest {
  noticeId: number;
  round: string;
}

export interface EarlierFirstTry {
  sent: number[];
  refused: ({ noticeId: number; why: string } | { notificationId: number; why: string })[];
}

export const batchOf = (given: Batch | EarlierBatch): Batch =>
  'round' in given ? { batch: given.round, notifications: given.notices } : given;

export const digestOf = (given: DigestOfBatch | EarlierDigest): DigestOfBatch =>
  'round' in given ? { notificationId: given.noticeId, batch: given.round } : given;

/** What the first try of all mails has refused. */
export const refusedIn = ({ refused }: EarlierFirstTry): { notificationId: number; why: string }[] =>
  refused.map((one) => ({ notificationId: 'noticeId' in one ? one.noticeId : one.notificationId, why: one.why }));
