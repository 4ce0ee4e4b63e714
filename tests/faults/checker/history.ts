import { isDeepStrictEqual } from 'node:util';
import { type Definition, type Step, stepOf } from '../../../workflows/ticket/definition.ts';
import type { Facts, LineFact, TicketFact, Violation } from './facts.ts';

type Say = (what: string) => void;

const byTicket = <Item extends { number: string }>(items: readonly Item[]): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.number);
    if (group) group.push(item);
    else groups.set(item.number, [item]);
  }
  return groups;
};

/** Versions go 0, 1, 2 … up to the row's, and the lines of each are numbered without a gap. */
const checkGapless = ({ version }: TicketFact, lines: readonly LineFact[], say: Say): void => {
  const perVersion = new Map<number, number[]>();
  for (const line of lines) perVersion.set(line.version, [...(perVersion.get(line.version) ?? []), line.ordinal]);
  for (let expected = 0; expected <= version; expected += 1) {
    const ordinals = perVersion.get(expected);
    if (!ordinals) say(`has no line for version ${expected} of ${version}`);
    else if (ordinals.some((ordinal, place) => ordinal !== place))
      say(`has lines ${ordinals.join(', ')} in version ${expected}`);
  }
  const beyond = [...perVersion.keys()].filter((number) => number > version);
  if (beyond.length > 0) say(`has lines of version ${beyond.join(', ')}, which it has not reached`);
};

const stepNamed = ({ steps }: Definition, name: unknown): Step | undefined =>
  steps.find((candidate) => candidate.name === name);

/** Each step was entered by the way that its definition knows. */
const checkLegal = (definition: Definition, lines: readonly LineFact[], say: Say): void => {
  let expected: string | null = definition.start;
  let current: Step | undefined;
  for (const { kind, data } of lines) {
    if (kind === 'step_entered') {
      current = stepNamed(definition, data.step);
      if (!current || current.key !== expected) say(`came to ${String(data.step)} where ${expected} was due`);
      expected = null;
    } else if (kind === 'step_done') {
      const way = current?.transitions.find(({ name }) => name === data.transition);
      if (!current || current.name !== data.step || !way) say(`did ${String(data.transition)} at ${String(data.step)}`);
      expected = way?.to ?? null;
    }
  }
  if (expected !== null && lines.some(({ kind }) => kind === 'step_done')) say(`never came to ${expected}`);
};

/** Row, task, flow and history tell one story. */
const checkAgreement = (facts: Facts, ticket: TicketFact, say: Say): void => {
  const { number, status, version, state } = ticket;
  if (version > 0 && state?.version !== version) say(`is version ${version}, its stored state ${state?.version}`);
  const task = facts.tasks.find((candidate) => candidate.number === number);
  if (task && (task.version !== version || task.status !== status))
    say(`is ${status} v${version}, its task ${task.status} v${task.version}`);
  const flow = facts.flows.get(number)?.state;
  if (flow && state && !isDeepStrictEqual(flow, state))
    say(`is ${JSON.stringify(state)} in PostgreSQL and ${JSON.stringify(flow)} in Temporal`);
};

const kindOfCommand: Record<string, string> = { open: 'opened', close: 'closed' };

/** A command that was answered stands in the history once, under the name of who sent it. */
const checkCommands = (facts: Facts, lines: ReadonlyMap<string, LineFact[]>): Violation[] =>
  facts.operations.flatMap(({ kind, outcome, ticket, version, command, by }) => {
    if (kind !== 'command' || outcome !== 'ok' || ticket === null || command === null) return [];
    const wanted = kindOfCommand[command] ?? 'step_done';
    const found = (lines.get(ticket) ?? []).filter((line) => line.version === version && line.kind === wanted);
    const [line] = found;
    return found.length === 1 && line?.actorId === by
      ? []
      : [{ rule: 'K2', what: `${ticket}: ${command} by user ${by} made version ${version}, and that is not so` }];
  });

/** K2: every ticket's history is whole, legal, and agrees with row, task and flow. */
export const checkHistory = (facts: Facts): Violation[] => {
  const lines = byTicket(facts.lines);
  const visits = byTicket(facts.visits);
  const violations: Violation[] = checkCommands(facts, lines);
  for (const ticket of facts.tickets) {
    const say: Say = (what) => violations.push({ rule: 'K2', what: `${ticket.number} ${what}` });
    const own = lines.get(ticket.number) ?? [];
    checkGapless(ticket, own, say);
    checkAgreement(facts, ticket, say);
    const definition = facts.definitions.get(ticket.state?.workflowVersionId ?? 0);
    if (definition) checkLegal(definition, own, say);
    const stays = visits.get(ticket.number) ?? [];
    if (stays.some(({ visit }, place) => visit !== place + 1)) say('has a gap in its visits');
    const entered = own.filter(({ kind }) => kind === 'step_entered').length;
    if (stays.length !== entered) say(`entered ${entered} steps and has ${stays.length} visits`);
    const { phase } = ticket.state ?? {};
    const open = stays.filter(({ left }) => !left);
    if (phase && open.length !== (phase.at === 'step' ? 1 : 0)) say(`stays on ${open.length} steps at once`);
    if (phase?.at === 'step' && definition) stepOf(definition, phase.step);
  }
  return violations;
};
