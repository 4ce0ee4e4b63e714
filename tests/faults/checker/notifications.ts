import type { Facts, Violation } from './facts.ts';
import { byTicket, entryOf, isTakeOver, type TicketVersion, versionsOf } from './ticket-versions.ts';

const nameOf = (userId: number, eventKey: string, kind: string): string => `user ${userId}, ${eventKey} (${kind})`;

const requesterKind = (version: TicketVersion): string | null => {
  const { statusBefore, status } = version;
  if (statusBefore === null || statusBefore === status) return null;
  if (entryOf(version, 'opened')) return 'opened';
  return ['rejected', 'resolved', 'closed', 'in_progress'].includes(status) ? status : null;
};

/** Which agent is notified, and of what: who has to act now, or who has to act no more. */
const agentNotified = (version: TicketVersion): { userId: number; kind: string } | null => {
  const { assigneeBefore, assignee } = version;
  const notified = (userId: number | null, kind: string) => (userId === null ? null : { userId, kind });
  if (entryOf(version, 'withdrawn')) return notified(assigneeBefore, 'withdrawn');
  if (isTakeOver(version)) return notified(assigneeBefore, 'taken');
  const done = entryOf(version, 'step_done');
  if (entryOf(version, 'assigned'))
    return notified(assignee, done?.data.direction === 'back' ? 'sent_back' : 'assigned');
  return entryOf(version, 'overdue') ? notified(assignee, 'overdue') : null;
};

/** Who must have been notified of a version. Nobody is notified of what they did themselves, except of a closing. */
const expectedOf = (number: string, requesterId: number, version: TicketVersion): string[] => {
  const event = `${number}:v${version.version}`;
  const kind = requesterKind(version);
  const isOwnCommand = version.entries[0]?.actorId === requesterId && kind !== 'closed';
  const agent = agentNotified(version);
  return [
    ...(kind === null || isOwnCommand ? [] : [nameOf(requesterId, `${event}:requester`, kind)]),
    ...(agent === null ? [] : [nameOf(agent.userId, `${event}:agent`, agent.kind)]),
  ];
};

/** K3: everybody whom a change concerns was notified of it once, and nobody of anything else. */
export const checkNotifications = (facts: Facts): Violation[] => {
  const seen = new Map<string, number>();
  for (const { userId, eventKey, kind } of facts.notifications) {
    const name = nameOf(userId, eventKey, kind);
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const entries = byTicket(facts.entries);
  const expected = new Set(
    facts.tickets.flatMap(({ number, requesterId }) =>
      versionsOf(entries.get(number) ?? []).flatMap((version) => expectedOf(number, requesterId, version)),
    ),
  );
  const numbers = new Set(facts.tickets.map(({ number }) => number));
  const strange = facts.notifications.filter(({ number }) => !numbers.has(number));
  const unasked = facts.notifications.filter(
    ({ userId, eventKey, kind, number }) => numbers.has(number) && !expected.has(nameOf(userId, eventKey, kind)),
  );
  return [
    ...[...expected].filter((name) => !seen.has(name)).map((name) => `${name} was not notified`),
    ...[...seen].filter(([, times]) => times > 1).map(([name]) => `${name} was notified twice`),
    ...unasked.map(({ userId, eventKey, kind }) => `${nameOf(userId, eventKey, kind)} was notified for no reason`),
    ...strange.map(({ eventKey }) => `${eventKey} is about a ticket that is not there`),
  ].map((what) => ({ rule: 'K3', what }));
};
