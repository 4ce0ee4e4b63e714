import type { Facts, NotificationFact, Violation } from './facts.ts';

type MailFacts = Pick<Facts, 'notifications' | 'copies' | 'refusals' | 'workerKills'>;

// The text may be wrapped anew on the way.
const spaceless = (text: string): string => text.replaceAll(/\s+/g, '');
const timesIn = (text: string, words: string): number => spaceless(text).split(spaceless(words)).length - 1;

/** Whether a copy says all of this notification, once more than those before it that share its words. */
const says = (copy: string, { words }: NotificationFact, before: readonly NotificationFact[]): boolean =>
  words.every((part, place) => timesIn(copy, part) > before.filter((one) => one.words[place] === part).length);

/** What is missing from mails that were noted as sent: each says all of its notifications, and so does each copy. */
const missingFrom = ({ notifications, copies }: MailFacts): string[] => {
  const sent = notifications.filter(({ mail }) => mail === 'sent');
  return [...Map.groupBy(sent, ({ digest }) => digest ?? '')].flatMap(([digest, ofDigest]) => {
    const came = copies.get(digest) ?? [];
    return ofDigest.flatMap((notification, place) => {
      if (came.length === 0) return [`the mail of ${notification.eventKey} was noted as sent and never came`];
      const before = ofDigest.slice(0, place);
      const isComplete = came.every((copy) => says(copy, notification, before));
      return isComplete ? [] : [`the mail of ${notification.eventKey} came without it`];
    });
  });
};

/**
 * K4: each notification went out by mail. Each kill of a worker costs at most one copy more, of all mails together: it may meet
 * the same mail as the kill before, so a mail may come three times after two kills. Without a kill each comes once.
 */
export const checkMails = (facts: MailFacts): Violation[] => {
  const violations = missingFrom(facts);
  let extra = 0;
  const givenUp = new Set<string | null>();
  const known = new Set<string>();
  for (const { eventKey, mail, messageId, digest } of facts.notifications) {
    const copies = facts.copies.get(messageId ?? '')?.length ?? 0;
    if (messageId && known.has(messageId)) violations.push(`the mail of ${eventKey} bears the id of another one`);
    if (messageId) known.add(messageId);
    if (mail === null) violations.push(`${eventKey} has no mail`);
    else if (mail === 'pending' || mail === 'sending') violations.push(`the mail of ${eventKey} still waits`);
    else if (mail === 'failed') givenUp.add(digest);
    extra += Math.max(0, copies - 1);
  }
  if (givenUp.size > facts.refusals)
    violations.push(`${givenUp.size} mails were given up, and ${facts.refusals} tries were refused`);
  if (extra > facts.workerKills)
    violations.push(`${extra} copies too many came, and workers were killed ${facts.workerKills} times`);
  const strange = [...facts.copies.keys()].filter((messageId) => !known.has(messageId));
  violations.push(...strange.map((messageId) => `mail ${messageId} belongs to no notification`));
  return violations.map((what) => ({ rule: 'K4', what }));
};
