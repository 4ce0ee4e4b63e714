/** The digests that one workflow sends; the batch's id is the workflow's. */
export interface Batch {
  batch: string;
  /** The first notification of each digest, by which the workflow knows it. */
  notifications: number[];
}

/** A digest, by its first notification, and the batch in which it goes out: in another batch it is not ours to send. */
export interface DigestOfBatch {
  notificationId: number;
  batch: string;
}

/** What the first try of a whole batch came to. Digests that are not named are to be tried again. */
export interface FirstTry {
  sent: number[];
  refused: { notificationId: number; why: string }[];
}

/** What became of a batch's digests, by the first notification of each. */
export interface Delivered {
  sent: number[];
  givenUp: number[];
}

// Batches that were begun under an earlier release, which had other words for the same, go on under this one.

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
