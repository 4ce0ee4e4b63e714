import { ApplicationFailure, type ChildWorkflowHandle, startChild, workflowInfo } from '@temporalio/workflow';
import { queues } from '../names.ts';
import type { SeedArgs, SeedReport } from './messages.ts';
import { workflowSeedId, workflowSeedType } from './names.ts';
import {
  accountsPart,
  crowdPart,
  employeesPart,
  flushPart,
  rolesPart,
  sizes,
  syncedRolesPart,
  systemsPart,
  ticketParts,
  workflowsPart,
} from './parts.ts';
import { type Part, runParts } from './run.ts';

const highest = 5_000;

// Checked here, because people also start these workflows from Temporal Web or the temporal CLI.
const counted = (
  args: SeedArgs,
  name: 'count' | 'people' | 'tickets' | 'ticketsOpen',
  { usual, least }: { usual: number; least: number },
): number => {
  const value = args[name] ?? usual;
  if (Number.isInteger(value) && value >= least && value <= highest) return value;
  throw ApplicationFailure.nonRetryable(`${name} must be a whole number from ${least} to ${highest}.`, 'invalid_input');
};

const usual = {
  employees: { usual: 0, least: 0 },
  people: { usual: 150, least: 1 },
  tickets: { usual: 50, least: 1 },
  ticketsOpen: { usual: 20, least: 1 },
} as const;

/** Workflow E of the guide: after seeding auth, tracking seeds its workflows automatically. */
const triggerPart = (triggered: (child: ChildWorkflowHandle<typeof workflowSeed>) => void): Part => ({
  phase: 'Setting off the seeding of workflows',
  steps: 1,
  work: async (tick) => {
    const child = await startChild<typeof workflowSeed>(workflowSeedType, {
      workflowId: workflowSeedId(workflowInfo().runId),
      taskQueue: queues.workflow,
      parentClosePolicy: 'ABANDON',
      staticSummary: 'The five workflows of the guide, as soon as tracking has the roles',
    });
    triggered(child);
    tick({ created: 0, existing: 0, steps: 1 });
  },
});

/** The parts that seed ticket tracking in auth, and one that waits for the workflows they trigger. */
const ttsWithWorkflows = (): { tts: Part[]; workflows: Part } => {
  let child: ChildWorkflowHandle<typeof workflowSeed> | null = null;
  const trigger = triggerPart((started) => {
    child = started;
  });
  return {
    tts: [rolesPart('tts'), accountsPart('tts'), trigger],
    workflows: {
      phase: 'Workflows',
      steps: sizes.workflows,
      work: async (tick) => {
        const report: SeedReport | undefined = await child?.result();
        tick({ created: report?.created ?? 0, existing: report?.existing ?? 0, steps: sizes.workflows });
      },
    },
  };
};

export const seedSystems = (_args: SeedArgs = {}): Promise<SeedReport> => runParts([systemsPart()]);

export const seedTts = (_args: SeedArgs = {}): Promise<SeedReport> => runParts(ttsWithWorkflows().tts);

export const seedHdts = (_args: SeedArgs = {}): Promise<SeedReport> =>
  runParts([rolesPart('hdts'), accountsPart('hdts')]);

export const seedEmployees = async (args: SeedArgs = {}): Promise<SeedReport> =>
  runParts([employeesPart(), crowdPart('extra', counted(args, 'count', usual.employees), args.seed)]);

export const seedRoles = (_args: SeedArgs = {}): Promise<SeedReport> => runParts([rolesPart('tts'), syncedRolesPart()]);

export const seedWorkflows = (_args: SeedArgs = {}): Promise<SeedReport> => runParts([workflowsPart()]);

/** Started by `seed.tts`. */
export const workflowSeed = (): Promise<SeedReport> => runParts([workflowsPart()]);

export const seedHdtsEmployees = async (args: SeedArgs = {}): Promise<SeedReport> =>
  runParts([crowdPart('hdts', counted(args, 'count', usual.people), args.seed)]);

export const seedTickets = async (args: SeedArgs = {}): Promise<SeedReport> =>
  runParts(ticketParts('tickets', counted(args, 'count', usual.tickets), args.seed));

export const seedTicketsOpen = async (args: SeedArgs = {}): Promise<SeedReport> =>
  runParts(ticketParts('tickets_open', counted(args, 'count', usual.ticketsOpen), args.seed));

/** The base data: every account that `npm start` prints can sign in, and together they can finish a ticket. */
export const seedBase = (_args: SeedArgs = {}): Promise<SeedReport> => {
  const { tts, workflows } = ttsWithWorkflows();
  return runParts([systemsPart(), ...tts, rolesPart('hdts'), accountsPart('hdts'), employeesPart(), workflows]);
};

export const seedAll = async (args: SeedArgs = {}): Promise<SeedReport> => {
  const { tts, workflows } = ttsWithWorkflows();
  return runParts([
    ...(args.flush ? [flushPart()] : []),
    systemsPart(),
    ...tts,
    rolesPart('hdts'),
    accountsPart('hdts'),
    employeesPart(),
    workflows,
    crowdPart('hdts', counted(args, 'people', usual.people), args.seed),
    ...ticketParts('tickets', counted(args, 'tickets', usual.tickets), args.seed),
    ...ticketParts('tickets_open', counted(args, 'ticketsOpen', usual.ticketsOpen), args.seed),
  ]);
};
