import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import type { Arena } from '../arena/arena.ts';
import { hasWorkflow } from '../arena/runs.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { advance } from '../workload/advance.ts';
import { formFor } from '../workload/forms.ts';
import type { Answer } from '../workload/person.ts';
import { fillIn } from '../workload/submission.ts';

const atOnce = 20;
const path = '/api/helpdesk/tickets';

const numberIn = ({ status, body }: Answer): string => {
  assert.equal(status, 201, `A submission was answered ${status} ${JSON.stringify(body)}`);
  return z.object({ number: z.string() }).parse(body).number;
};

/** What Temporal does by itself with every ended workflow when its time is over. */
const forgetWorkflow = async (arena: Arena, number: string): Promise<void> => {
  const { client, servers, forgotten } = arena;
  await client.workflowService.deleteWorkflowExecution({
    namespace: servers.namespace,
    workflowExecution: { workflowId: ticketWorkflowId(number) },
  });
  await eventually(`Temporal has forgotten ${number}`, async () => !(await hasWorkflow(arena, number)));
  forgotten.add(number);
};

const isOver = async ({ client }: Arena, number: string): Promise<boolean> =>
  (await client.workflow.getHandle(ticketWorkflowId(number)).describe()).status.name === 'COMPLETED';

/** One submission that comes again and again, at each stage of its ticket. Answers how often it came. */
const submitAgainAndAgain = async (arena: Arena, random: Random): Promise<number> => {
  const { key, body, requester } = fillIn(arena, random);
  const other = random.pick(arena.people.employees.filter((person) => person !== requester));
  const again = (): Promise<Answer> => requester.ask({ kind: 'submit', path, body, key });
  const numbers = new Set((await Promise.all(Array.from({ length: atOnce }, again))).map(numberIn));
  assert.equal(numbers.size, 1, `One key was given ${[...numbers].join(' and ')}`);
  const [number = ''] = numbers;
  const stands = async (when: string): Promise<void> =>
    assert.equal(numberIn(await again()), number, `The same key was given another ticket ${when}`);

  await sleep(1_000);
  await stands('a second later');
  const changed = { ...body, subject: 'Something else altogether' };
  const reused = await requester.ask({ kind: 'submit', path, body: changed, key });
  assert.equal(reused.status, 409);
  assert.equal(z.object({ code: z.string() }).parse(reused.body).code, 'idempotency_key_reused');

  const theirs = `${key}-2`;
  const submission = { kind: 'submit', path, body: formFor(0, theirs), key: theirs, sentKey: key } as const;
  assert.notEqual(numberIn(await other.ask(submission)), number, 'A key of somebody else opened their ticket');

  await advance(arena, { number, requester }, random);
  await stands('after it was closed');
  await eventually(`the workflow of ${number} has ended`, () => isOver(arena, number));
  await forgetWorkflow(arena, number);
  await stands('after Temporal had forgotten it');
  await arena.drained();
  assert.equal(await hasWorkflow(arena, number), false, `${number} is over and was begun again`);
  return atOnce + 5;
};

export const submittedAgain: Fault = {
  id: 'F-10',
  name: 'the same submission comes 20 times at once, and later again',
  async inject(arena, { random, nightly }) {
    const submissions = Array.from({ length: nightly ? 10 : 2 }, () => submitAgainAndAgain(arena, random.fork()));
    const times = await Promise.all(submissions);
    return { times: times.reduce((sum, often) => sum + often, 0), recovery: null };
  },
};
