import type { Facts, Violation } from './facts.ts';

const mostAttempts = 20;

/** K6: no workflow outlives its ticket or ends before it, none hangs, none has failed in its own code. */
export const checkWorkflowHealth = (facts: Facts): Violation[] =>
  [
    ...facts.unfinished.map((id) => `the workflow ${id} still runs`),
    ...facts.tickets.flatMap(({ number, state }) => {
      const workflow = facts.workflows.get(number);
      if (!workflow || workflow.status === 'MISSING') return [];
      const wanted = state?.phase.at === 'over' ? ['COMPLETED', 'FORGOTTEN'] : ['RUNNING'];
      return [
        ...(wanted.includes(workflow.status)
          ? []
          : [`the workflow of ${number} is ${workflow.status}, it should be ${wanted[0]}`]),
        ...(workflow.attempts > mostAttempts
          ? [`the workflow of ${number} tries the same for the ${workflow.attempts}th time`]
          : []),
        ...workflow.failures.map((cause) => `the workflow of ${number} failed a workflow task: ${cause}`),
      ];
    }),
  ].map((what) => ({ rule: 'K6', what }));
