import { describe, expect, test } from 'vitest';
import { submission } from '../api/helpdesk/form.schema.ts';
import { roleOf, stepOf, type Transition } from '../workflows/ticket/rules/definition.ts';
import { categories, departments } from '../workflows/ticket/rules/words.ts';
import { hdtsAccounts, printedAccounts, systemAdmin, ttsAccounts } from './accounts.ts';
import { employeeSeeds } from './employees.ts';
import { fates, movesOf } from './fates.ts';
import { people } from './people.ts';
import { usernameOf } from './person.ts';
import { hdtsRoles, ttsRoles } from './roles.ts';
import { systemSeeds } from './systems.ts';
import { ticketSeed } from './tickets.ts';
import { checkIns, checkOuts } from './topics/assets.ts';
import { proposals } from './topics/budget.ts';
import { generalRequests } from './topics/general.ts';
import { itProblems } from './topics/it-support.ts';
import { fillings, type Topic } from './topics/topic.ts';
import { workflowRoles, workflowSeeds } from './workflows.ts';

const today = new Date().toISOString().slice(0, 10);
const named = [...systemSeeds.map(({ slug }) => systemAdmin(slug)), ...ttsAccounts, ...hdtsAccounts, ...employeeSeeds];
const count = <Item>(items: readonly Item[], of: (item: Item) => string) =>
  Object.fromEntries([...Map.groupBy(items, of)].map(([word, group]) => [word, group.length]));

describe('accounts', () => {
  test('only the two from the guide have an address outside example.com', () => {
    const outside = named.filter((person) => !person.email.endsWith('@example.com')).map((person) => person.email);
    expect(outside).toEqual([
      'tickettrackingsystem.mapactive+lawrenceafable@dev.mapactive.tech',
      'alex.johnson@gmail.com',
    ]);
  });

  test('no two people share an e-mail, a username or a phone', () => {
    const everybody = [...named, ...people('hdts', 150), ...people('extra', 40)];
    expect(new Set(everybody.map((person) => person.email.toLowerCase())).size).toBe(everybody.length);
    expect(new Set(everybody.map((person) => usernameOf(person).toLowerCase())).size).toBe(everybody.length);
    expect(new Set(everybody.map((person) => person.phone)).size).toBe(everybody.length);
  });

  test('every assigned role is seeded, and each kind of user is printed once', () => {
    const roles = [...ttsRoles, ...hdtsRoles].map((role) => `${role.system} ${role.key}`);
    for (const { system, role } of [...named, ...people('hdts', 15)].flatMap((person) => person.roles)) {
      if (system === 'tts' || system === 'hdts') expect(roles).toContain(`${system} ${role}`);
    }
    expect(printedAccounts.map(({ system, role }) => `${system} ${role}`).slice(0, 6)).toEqual([
      'hdts Employee',
      'hdts Ticket Coordinator',
      'tts Admin',
      'tts Asset Manager',
      'tts Budget Manager',
      'hdts Admin',
    ]);
  });
});

describe('people', () => {
  test('are the same each time, and the first ones do not depend on the count', () => {
    expect(people('hdts', 150)).toEqual(people('hdts', 150));
    expect(people('hdts', 150).slice(0, 50)).toEqual(people('hdts', 50));
    expect(people('hdts', 5, 1)).not.toEqual(people('hdts', 5, 2));
  });

  test('150 of them are 50 for each department, 80 employees, 40 coordinators and 30 admins, a third in each state', () => {
    const crowd = people('hdts', 150);
    expect(count(crowd, (person) => String(person.department))).toEqual({ it: 50, asset: 50, budget: 50 });
    expect(count(crowd, (person) => person.roles[0]?.role ?? '')).toEqual({
      employee: 80,
      ticket_coordinator: 40,
      admin: 30,
    });
    expect(count(crowd, (person) => person.status)).toEqual({ approved: 50, pending: 50, rejected: 50 });
  });

  test('have an address of the form first.last, with a number where the name is taken', () => {
    for (const person of people('hdts', 150)) expect(person.email).toMatch(/^[a-z]+\.[a-z]+\d*@example\.com$/);
  });
});

describe('tickets', () => {
  const batch = (kind: 'tickets' | 'tickets_open', size: number) =>
    Array.from({ length: size }, (_, n) => ticketSeed(n, { batch: kind, today }));

  test('fill forms that the help desk accepts', () => {
    for (const ticket of [...batch('tickets', 400), ...batch('tickets_open', 100)]) {
      const result = submission.safeParse(ticket.formFor('Clara Duarte'));
      expect(result.error?.issues ?? []).toEqual([]);
    }
  });

  test('leave no placeholder unfilled', () => {
    for (const ticket of batch('tickets', 400)) {
      const { subject, description } = ticket.formFor('Clara Duarte');
      expect(`${subject} ${description}`).not.toMatch(/[{}]/);
    }
  });

  test('fit the form even with the longest fillings', () => {
    const longest = (text: string) =>
      text.replaceAll(/\{(\w+)\}/g, (_, name: keyof typeof fillings) =>
        [...fillings[name]].reduce<string>((long, word) => (word.length > long.length ? word : long), ''),
      );
    const topics: Topic[] = [
      ...Object.values(itProblems).flatMap((problem) => problem.topics),
      ...Object.values(checkIns).flatMap((returns) => returns.map((one) => one.topic)),
      ...Object.values(checkOuts).flat(),
      ...Object.values(proposals).flatMap((proposal) => proposal.topics),
      ...generalRequests,
    ];
    for (const [subject, description] of topics) {
      const form = { category: 'general_request', subject: longest(subject), description: longest(description) };
      expect(submission.safeParse(form).error?.issues ?? [], subject).toEqual([]);
    }
  });

  test('are the same each time', () => {
    const once = batch('tickets', 50).map((ticket) => [ticket.key, ticket.fate, ticket.formFor('A B')]);
    const twice = batch('tickets', 50).map((ticket) => [ticket.key, ticket.fate, ticket.formFor('A B')]);
    expect(once).toEqual(twice);
  });

  test('50 of them hold ten of each category and every fate', () => {
    const tickets = batch('tickets', 50);
    const spread = count(tickets, (ticket) => ticket.formFor('A B').category);
    expect(spread).toEqual(Object.fromEntries(categories.map((category) => [category, 10])));
    expect(Object.keys(count(tickets, (ticket) => ticket.fate)).sort()).toEqual([...fates].sort());
  });

  test('hardly repeat a subject within 50', () => {
    const subjects = new Set(batch('tickets', 50).map((ticket) => ticket.formFor('A B').subject));
    expect(subjects.size).toBeGreaterThanOrEqual(45);
  });

  test('of the open batch all wait in triage and differ from the mixed ones', () => {
    expect(batch('tickets_open', 20).every((ticket) => ticket.fate === 'in_triage')).toBe(true);
    const mixed = new Set(batch('tickets', 20).map((ticket) => ticket.formFor('A B').subject));
    const again = batch('tickets_open', 20).filter((ticket) => mixed.has(ticket.formFor('A B').subject));
    expect(again.length).toBeLessThan(8);
  });
});

describe('workflows', () => {
  test('are the five of the guide, one for each category and any department', () => {
    expect(workflowSeeds.map((seed) => seed.name)).toEqual([
      'Asset Check In Workflow',
      'Asset Check Out Workflow',
      'Budget Proposal Workflow',
      'IT Support Workflow',
      'General Request Workflow',
    ]);
    expect(workflowSeeds.map((seed) => seed.category).sort()).toEqual([...categories].sort());
  });

  test.each(workflowSeeds)('$name goes from the Admin to the manager and back to the Admin', ({ definition }) => {
    expect(definition.steps.map((step) => step.name)).toEqual(['Triage', 'Resolve', 'Finalize']);
    for (const department of departments) {
      const owners = definition.steps.map((step) => roleOf(step, department));
      expect(owners).toEqual(['admin', department === 'budget' ? 'budget_manager' : 'asset_manager', 'admin']);
      for (const owner of owners) expect(workflowRoles).toContain(owner);
    }
    for (const step of definition.steps) {
      for (const transition of step.transitions) {
        if (transition.to !== null) expect(stepOf(definition, transition.to)).toBeDefined();
      }
    }
  });

  test.each(fates)('the moves of the fate %s exist in every workflow', (fate) => {
    for (const { definition } of workflowSeeds) {
      let at: string | null = definition.start;
      for (const move of movesOf[fate]) {
        if (move.kind !== 'act') continue;
        const transitions: Transition[] = at === null ? [] : stepOf(definition, at).transitions;
        const transition = transitions.find((candidate) => candidate.key === move.transition);
        expect(transition).toBeDefined();
        at = transition?.to ?? null;
      }
    }
  });
});
