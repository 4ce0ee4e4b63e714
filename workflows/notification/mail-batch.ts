/** The digests that one workflow sends; the batch id is in the workflow id. */
export interface Batch {
  batch: string;
  /** The first notification of each digest; it identifies the digest. */
  notifications: number[];
}

/** A digest, by its first notification, and its batch. A digest that has moved to another batch is not sent here. */
export interface DigestOfBatch {
  notificationId: number;
  batch: string;
}

/** The result of the first try of a batch. Digests not listed are retried. */
export interface FirstTry {
  sent: number[];
  refused: { notificationId: number; why: string }[];
}

/** The result for each digest of a batch, by its first notification. */
export interface Delivered {
  sent: number[];
  givenUp: number[];
}

// Batches that an earlier release started, with other field names, are continued.

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
  refused: { noticeId: number; why: string }[];
}

export const batchOf = (given: Batch | EarlierBatch): Batch =>
  'round' in given ? { batch: given.round, notifications: given.notices } : given;

export const digestOf = (given: DigestOfBatch | EarlierDigest): DigestOfBatch =>
  'round' in given ? { notificationId: given.noticeId, batch: given.round } : given;

export const firstTryOf = ({ sent, refused }: FirstTry | EarlierFirstTry): FirstTry => ({
  sent,
  refused: refused.map((one) => ({
    notificationId: 'noticeId' in one ? one.noticeId : one.notificationId,
    why: one.why,
  })),
});
