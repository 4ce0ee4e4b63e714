import type { NotificationFact } from './facts.ts';

/** These come by one mail, which bears the id of the first. */
export const together = (notifications: NotificationFact[]): NotificationFact[] =>
  notifications.map((notification) => ({ ...notification, digest: notifications[0]?.messageId ?? null }));

/** A mail with all of these. */
export const mailOf = (notifications: readonly NotificationFact[]): string =>
  notifications.map(({ words }) => words.join('\n')).join('\n\n');

/** Each mail that was to come has come once. */
export const copiesOf = (notifications: readonly NotificationFact[]): Map<string, string[]> => {
  const digests = Map.groupBy(notifications, ({ digest }) => digest ?? '');
  return new Map([...digests].map(([digest, ofDigest]) => [digest, [mailOf(ofDigest)]]));
};
