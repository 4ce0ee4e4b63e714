import type { Facts, Violation } from './facts.ts';

const mostAttempts = 20;

/** K6: no flow outlives its ticket or ends before it, none hangs, none has stumbled over its own code. */
export const checkZombies = (facts: Facts): Violation[] =>
  [
    ...facts.unfinished.map((id) => `the flow ${id} still runs`),
    ...facts.tickets.flatMap(({ number, state }) => {
      const flow = facts.flows.get(number);
      if (!flow || flow.status === 'MISSING') return [];
      const wanted = state?.phase.at === 'over' ? ['COMPLETED', 'FORGOTTEN'] : ['RUNNING'];
      return [
        ...(wanted.includes(flow.status) ? [] : [`the flow of ${number} is ${flow.status}, it should be ${wanted[0]}`]),
        ...(flow.attempts > mostAttempts
          ? [`the flow of ${number} tries the same for the ${flow.attempts}th time`]
          : []),
        ...flow.failures.map((cause) => `the flow of ${number} failed a workflow task: ${cause}`),
      ];
    }),
  ].map((what) => ({ rule: 'K6', what }));
