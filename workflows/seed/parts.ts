import { type System, systems } from '../ticket/rules/words.ts';
import { atHelpdesk, atWorkflow, waitAtHelpdesk, waitAtWorkflow } from './activities.ts';
import { type Chunk, chunks } from './chunks.ts';
import type { Tally } from './messages.ts';
import type { Done, Part } from './run.ts';

// The parts of the seed commands. The length of the bar must be known before the first activity runs, and workflow code
// cannot import seeds/, so the sizes are repeated here; a test compares them with the lists in seeds/.
export const sizes = {
  systems: 4,
  roles: { tts: 3, hdts: 3 },
  accounts: { tts: 3, hdts: 6 },
  employees: 8,
  workflows: 5,
} as const;

type Desk = Extract<System, 'tts' | 'hdts'>;
type Batch = 'tickets' | 'tickets_open';

const counted = (tally: Tally): Done => ({ ...tally, steps: tally.created + tally.existing });
const upTo = ({ from, to }: Chunk): string => `${from + 1} to ${to}`;

/** Each system with its Admin role and its admin. */
export const systemsPart = (): Part => ({
  phase: 'Systems with their admins',
  steps: sizes.systems * 3,
  work: async (tick) => {
    for (const slug of systems) {
      tick(counted(await atWorkflow.seedSystem.executeWithOptions({ summary: `System ${slug}` }, [slug])));
    }
  },
});

export const rolesPart = (system: Desk): Part => ({
  phase: `Roles of ${system}`,
  steps: sizes.roles[system],
  work: async (tick) =>
    tick(counted(await atWorkflow.seedRoles.executeWithOptions({ summary: `Roles of ${system}` }, [system]))),
});

export const accountsPart = (system: Desk): Part => ({
  phase: `Accounts of ${system}`,
  steps: sizes.accounts[system],
  work: async (tick) =>
    tick(counted(await atWorkflow.seedAccounts.executeWithOptions({ summary: `Accounts of ${system}` }, [system]))),
});

/** Waits until the roles have been synced to ticket tracking (workflow D of the guide). */
export const syncedRolesPart = (): Part => ({
  phase: 'Roles on their way to ticket tracking',
  steps: 1,
  work: async (tick) => {
    await waitAtWorkflow.awaitTrackingRoles.executeWithOptions({ summary: 'Until tracking has the roles' }, []);
    tick({ created: 0, existing: 0, steps: 1 });
  },
});

export const employeesPart = (): Part => ({
  phase: 'Employees',
  steps: sizes.employees,
  work: async (tick) =>
    tick(counted(await atHelpdesk.seedEmployees.executeWithOptions({ summary: 'The employees from the start' }, []))),
});

const peopleAtOnce = 25;

/** `extra`: more employees, all approved. `hdts`: people in all roles and states. */
export const crowdPart = (crowd: 'extra' | 'hdts', count: number, seed: number | undefined): Part => ({
  phase: crowd === 'hdts' ? 'People of the help desk' : 'More employees',
  steps: count,
  work: async (tick) => {
    for (const chunk of chunks(count, peopleAtOnce)) {
      const settings = { crowd, seed, ...chunk };
      tick(counted(await atHelpdesk.seedPeople.executeWithOptions({ summary: `People ${upTo(chunk)}` }, [settings])));
    }
  },
});

export const workflowsPart = (): Part => ({
  phase: 'Workflows',
  steps: sizes.workflows,
  work: async (tick) => {
    await waitAtWorkflow.awaitTrackingRoles.executeWithOptions({ summary: 'Until tracking has the roles' }, []);
    for (let index = 0; index < sizes.workflows; index += 1) {
      tick(counted(await atWorkflow.seedWorkflow.executeWithOptions({ summary: `Workflow ${index + 1}` }, [index])));
    }
  },
});

const ticketsAtOnce = 10;

/** Submits tickets as employees, then moves each as far as its fate says, as the people in charge. */
export const ticketParts = (batch: Batch, count: number, seed: number | undefined): Part[] => {
  // The same day for all chunks and retries, because the dates in the forms depend on it.
  const today = new Date(Date.now()).toISOString().slice(0, 10);
  const lots = chunks(count, ticketsAtOnce);
  return [
    {
      phase: 'Submitting tickets',
      steps: count,
      work: async (tick) => {
        await waitAtHelpdesk.awaitTicketPeople.executeWithOptions({ summary: 'Until everybody is there' }, []);
        for (const lot of lots) {
          const settings = { batch, seed, today, ...lot };
          const summary = `Submit ${upTo(lot)}`;
          const { numbers, ...tally } = await atHelpdesk.submitTickets.executeWithOptions({ summary }, [settings]);
          tick({ ...counted(tally), numbers });
        }
      },
    },
    {
      phase: 'Moving tickets',
      steps: count,
      work: async (tick) => {
        for (const lot of lots) {
          const settings = { batch, seed, today, ...lot };
          await atHelpdesk.moveTickets.executeWithOptions({ summary: `Move ${upTo(lot)}` }, [settings]);
          tick({ created: 0, existing: 0, steps: lot.to - lot.from });
        }
      },
    },
  ];
};

/** Ends all workflows of tickets and empties the tables of all modules. */
export const flushPart = (): Part => ({
  phase: 'Clearing everything',
  steps: 1,
  work: async (tick) => {
    await atWorkflow.clearEverything.executeWithOptions({ summary: 'End the workflows, empty the tables' }, []);
    tick({ created: 0, existing: 0, steps: 1 });
  },
});
