import type { Facts, Violation } from './facts.ts';

/** K4: each notice went out by mail; a copy more only where a worker was killed in between, and never two. */
export const checkMails = (facts: Facts): Violation[] => {
  const violations: string[] = [];
  let extra = 0;
  let givenUp = 0;
  const known = new Set<string>();
  for (const { eventKey, mail, messageId } of facts.notices) {
    const copies = facts.copies.get(messageId ?? '') ?? 0;
    if (messageId && known.has(messageId)) violations.push(`the mail of ${eventKey} bears the id of another one`);
    if (messageId) known.add(messageId);
    if (mail === null) violations.push(`${eventKey} has no mail`);
    else if (mail === 'pending') violations.push(`the mail of ${eventKey} still waits`);
    else if (mail === 'failed') givenUp += 1;
    else if (copies === 0) violations.push(`the mail of ${eventKey} was noted as sent and never came`);
    if (copies > 2) violations.push(`the mail of ${eventKey} came ${copies} times`);
    extra += Math.max(0, copies - 1);
  }
  if (givenUp > facts.refusals)
    violations.push(`${givenUp} mails were given up, and ${facts.refusals} tries were refused`);
  if (extra > facts.workerKills)
    violations.push(`${extra} mails came twice, and workers were killed ${facts.workerKills} times`);
  const strange = [...facts.copies.keys()].filter((messageId) => !known.has(messageId));
  violations.push(...strange.map((messageId) => `mail ${messageId} belongs to no notice`));
  return violations.map((what) => ({ rule: 'K4', what }));
};
