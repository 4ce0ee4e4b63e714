/** Something that must not be put right blindly; the message says what was found. */
export class Unmendable extends Error {
  override name = 'Unmendable';
  /** What an admin can do about it, in a sentence. */
  readonly todo: string;

  constructor(found: string, todo = theRowWins) {
    super(found);
    this.todo = todo;
  }
}

const theRowWins =
  'If the ticket is right in the database, terminate its flow in Temporal Web: it is then started again from the row. Else put the row back from a backup.';
