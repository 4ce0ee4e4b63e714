import { expect } from 'vitest';
import type { Answer } from '../api/http/browser.fixture.ts';
import { type Actor, act, readTask, review, submit, type World } from './factories.ts';

const done = async (answer: Promise<Answer>): Promise<void> => {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBe(200);
};

/** Takes the step over first where a colleague holds it. */
const finishStep = async (actor: Actor, number: string, transition: string): Promise<void> => {
  const { actions }: { actions: { key: string; allowed: boolean }[] } = await readTask(actor, number);
  if (actions.some(({ key, allowed }) => key === 'take' && allowed)) await done(act(actor, number, 'take'));
  await done(act(actor, number, transition));
};

/** Brings tickets to a certain stage through the API and their workflow. Each returns the number. */
export const createStages = ({ employee, coordinator, admin, assetManager }: World) => {
  const stages = {
    new: () => submit(employee),
    triage: async () => {
      const number = await stages.new();
      await done(review(coordinator, number, 'open', { priority: 'high', department: 'asset' }));
      return number;
    },
    resolve: async () => {
      const number = await stages.triage();
      await finishStep(admin, number, 'submit');
      return number;
    },
    resolved: async () => {
      const number = await stages.resolve();
      await finishStep(assetManager, number, 'approve');
      await finishStep(admin, number, 'finalize');
      return number;
    },
    closed: async () => {
      const number = await stages.resolved();
      await done(review(employee, number, 'close', {}));
      return number;
    },
    rejected: async () => {
      const number = await stages.new();
      await done(review(coordinator, number, 'reject', { reason: 'Twice the same.' }));
      return number;
    },
    withdrawn: async () => {
      const number = await stages.triage();
      await done(review(employee, number, 'withdraw', { reason: 'Found one myself.' }));
      return number;
    },
  };
  return stages;
};
export type Stages = ReturnType<typeof createStages>;
