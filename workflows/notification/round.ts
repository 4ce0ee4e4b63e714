/**
 * What these notices begin goes out together, by one flow; the round's id is the flow's. All that one reader is told in a
 * round is one letter, known by the first of its notices.
 */
export interface Round {
  round: string;
  /** The first notice of each letter. */
  notices: number[];
}

/** A letter, by its first notice, and the round that it goes out with: in another round it is not ours to send. */
export interface MailOfRound {
  noticeId: number;
  round: string;
}

/** What became of a round's letters, by the first notice of each. */
export interface Delivered {
  sent: number[];
  givenUp: number[];
}
