import type { Facts, Violation } from './facts.ts';
import { byTicket, type Chapter, chaptersOf, isTakeOver, lineOf } from './story.ts';

const nameOf = (userId: number, eventKey: string, kind: string): string => `user ${userId}, ${eventKey} (${kind})`;

const requesterKind = (chapter: Chapter): string | null => {
  const { statusBefore, status } = chapter;
  if (statusBefore === null || statusBefore === status) return null;
  if (lineOf(chapter, 'opened')) return 'opened';
  return ['rejected', 'resolved', 'closed', 'in_progress'].includes(status) ? status : null;
};

/** Who hears of it as an agent, and as what: who has to act now, or who has to act no more. */
const agentTold = (chapter: Chapter): { userId: number; kind: string } | null => {
  const { assigneeBefore, assignee } = chapter;
  const told = (userId: number | null, kind: string) => (userId === null ? null : { userId, kind });
  if (lineOf(chapter, 'withdrawn')) return told(assigneeBefore, 'withdrawn');
  if (isTakeOver(chapter)) return told(assigneeBefore, 'taken');
  const done = lineOf(chapter, 'step_done');
  if (lineOf(chapter, 'assigned')) return told(assignee, done?.data.direction === 'back' ? 'sent_back' : 'assigned');
  return lineOf(chapter, 'overdue') ? told(assignee, 'overdue') : null;
};

/** Who must have been told of a version. People are not told of what they did themselves, but that it is closed. */
const expectedOf = (number: string, requesterId: number, chapter: Chapter): string[] => {
  const event = `${number}:v${chapter.version}`;
  const kind = requesterKind(chapter);
  const isOwnDeed = chapter.lines[0]?.actorId === requesterId && kind !== 'closed';
  const agent = agentTold(chapter);
  return [
    ...(kind === null || isOwnDeed ? [] : [nameOf(requesterId, `${event}:requester`, kind)]),
    ...(agent === null ? [] : [nameOf(agent.userId, `${event}:agent`, agent.kind)]),
  ];
};

/** K3: everybody whom a change concerns was told of it once, and nobody of anything else. */
export const checkNotifications = (facts: Facts): Violation[] => {
  const seen = new Map<string, number>();
  for (const { userId, eventKey, kind } of facts.notifications) {
    const name = nameOf(userId, eventKey, kind);
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const lines = byTicket(facts.lines);
  const expected = new Set(
    facts.tickets.flatMap(({ number, requesterId }) =>
      chaptersOf(lines.get(number) ?? []).flatMap((chapter) => expectedOf(number, requesterId, chapter)),
    ),
  );
  const numbers = new Set(facts.tickets.map(({ number }) => number));
  const strange = facts.notifications.filter(({ number }) => !numbers.has(number));
  const unasked = facts.notifications.filter(
    ({ userId, eventKey, kind, number }) => numbers.has(number) && !expected.has(nameOf(userId, eventKey, kind)),
  );
  return [
    ...[...expected].filter((name) => !seen.has(name)).map((name) => `${name} was not told`),
    ...[...seen].filter(([, times]) => times > 1).map(([name]) => `${name} was told twice`),
    ...unasked.map(({ userId, eventKey, kind }) => `${nameOf(userId, eventKey, kind)} was told for no reason`),
    ...strange.map(({ eventKey }) => `${eventKey} tells of a ticket that is not there`),
  ].map((what) => ({ rule: 'K3', what }));
};
