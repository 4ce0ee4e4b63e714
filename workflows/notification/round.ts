/** The mails of these notices go out together, by one flow; the round's id is the flow's. */
export interface Round {
  round: string;
  notices: number[];
}

/** A mail, and the round that it goes out with: in another round it is not ours to send. */
export interface MailOfRound {
  noticeId: number;
  round: string;
}

/** What became of a round's mails, by their notices. */
export interface Delivered {
  sent: number[];
  givenUp: number[];
}
