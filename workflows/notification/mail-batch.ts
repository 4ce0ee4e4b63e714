/**
 * What these notifications begin goes out together, by one workflow; the batch's id is the workflow's. All that one reader is told in a
 * batch is one digest, known by the first of its notifications.
 */
export interface Batch {
  batch: string;
  /** The first notification of each digest. */
  notifications: number[];
}

/** A digest, by its first notification, and the batch that it goes out with: in another batch it is not ours to send. */
export interface MailOfBatch {
  notificationId: number;
  batch: string;
}

/** What became of a batch's digests, by the first notification of each. */
export interface Delivered {
  sent: number[];
  givenUp: number[];
}
