/**
 * What goes first when more is to do than can be done: the order of the outbox, and Temporal's priority keys (1 first, 5
 * last). Among equals, people and kinds of work are served in turn, by their fairness key.
 */
export const priorities = {
  /** Somebody waits for the start of this very workflow. It keeps this priority as long as it runs. */
  awaited: 1,
  /** Roles and their members: who loses a role must lose their steps at once. */
  roles: 2,
  /** What people do, and what follows from it. */
  people: 3,
  /** What nobody waits for: seeding, and comparing PostgreSQL with Temporal. */
  bulk: 5,
} as const;

export type Priority = (typeof priorities)[keyof typeof priorities];

/** The fairness key of what one person does. */
export const turnOfUser = (userId: number): string => `user:${userId}`;
