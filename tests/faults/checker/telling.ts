import type { Facts, LineFact, Violation } from './facts.ts';

/** Who must have been told of a version, by its lines; written anew here, so that it does not repeat a mistake. */
const expectedOf = (number: string, requesterId: number, lines: readonly LineFact[]): string[] => {
  const version = lines[0]?.version ?? 0;
  const has = (kind: string): LineFact | undefined => lines.find((line) => line.kind === kind);
  const told: string[] = [];
  const toRequester = has('opened') ?? has('refused') ?? has('resolved') ?? has('closed');
  if (toRequester && (toRequester.actorId !== requesterId || toRequester.kind === 'closed'))
    told.push(`${requesterId} ${number}:v${version}:requester`);
  const assigned = has('assigned')?.data.assignee;
  if (isPerson(assigned)) told.push(`${assigned.id} ${number}:v${version}:agent`);
  return told;
};

const isPerson = (value: unknown): value is { id: number } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number';

const versionsOf = (lines: readonly LineFact[]): Map<string, LineFact[]> => {
  const versions = new Map<string, LineFact[]>();
  for (const line of lines) {
    const name = `${line.number} ${line.version}`;
    versions.set(name, [...(versions.get(name) ?? []), line]);
  }
  return versions;
};

/** K3: everybody whom a change concerns was told of it once. */
export const checkNotices = (facts: Facts): Violation[] => {
  const seen = new Map<string, number>();
  for (const { userId, eventKey } of facts.notices) {
    const name = `${userId} ${eventKey}`;
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const requesters = new Map(facts.tickets.map(({ number, requesterId }) => [number, requesterId]));
  const missing = [...versionsOf(facts.lines).values()].flatMap((lines) => {
    const number = lines[0]?.number ?? '';
    return expectedOf(number, requesters.get(number) ?? 0, lines).filter((name) => !seen.has(name));
  });
  const doubled = [...seen].filter(([, times]) => times > 1).map(([name]) => name);
  const strange = facts.notices.filter(({ number }) => !requesters.has(number));
  return [
    ...missing.map((name) => `user and event ${name} was not told`),
    ...doubled.map((name) => `user and event ${name} was told twice`),
    ...strange.map(({ eventKey }) => `${eventKey} tells of a ticket that is not there`),
  ].map((what) => ({ rule: 'K3', what }));
};

/** K4: each notice went out by mail; a copy more only where a worker was killed in between, and never two. */
export const checkMails = (facts: Facts): Violation[] => {
  const violations: string[] = [];
  let extra = 0;
  const known = new Set<string>();
  for (const { eventKey, mail, messageId } of facts.notices) {
    const copies = facts.copies.get(messageId ?? '') ?? 0;
    if (messageId) known.add(messageId);
    if (mail === null) violations.push(`${eventKey} has no mail`);
    else if (mail === 'pending') violations.push(`the mail of ${eventKey} still waits`);
    else if (mail === 'sent' && copies === 0)
      violations.push(`the mail of ${eventKey} was noted as sent and never came`);
    if (copies > 2) violations.push(`the mail of ${eventKey} came ${copies} times`);
    extra += Math.max(0, copies - 1);
  }
  if (extra > facts.workerKills)
    violations.push(`${extra} mails came twice, and workers were killed ${facts.workerKills} times`);
  const strange = [...facts.copies.keys()].filter((messageId) => !known.has(messageId));
  violations.push(...strange.map((messageId) => `mail ${messageId} belongs to no notice`));
  return violations.map((what) => ({ rule: 'K4', what }));
};
