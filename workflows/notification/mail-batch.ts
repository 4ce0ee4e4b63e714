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

/** The result of the first try of a batch, by first notifications. Digests not listed are retried. */
export interface FirstTry {
  sent: number[];
  refused: { notificationId: number; why: string }[];
  /** The connection was lost before the mail server had answered: a second try waits a little. */
  unknown: number[];
}

/** The result for each digest of a batch, by its first notification. */
export interface Delivered {
  sent: number[];
  givenUp: number[];
}
