import { isDeepStrictEqual } from 'node:util';
import type { MikroORM } from '@mikro-orm/postgresql';
import { heartbeat } from '@temporalio/activity';
import { ZodError } from 'zod';
import type { TicketRow } from '../../api/helpdesk/compare.service.ts';
import { AppError } from '../../api/http/problem.ts';
import { pinnedVersion } from '../../api/tracking/definitions.service.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import type { Pinned } from '../../workflows/ticket/rules/lifecycle.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { type HistoryEvents, type RunStory, type Step, storyOf } from './history.ts';
import { type RetoldChange, retold } from './retell.ts';
import { rewriteChange } from './rewrite.ts';
import { Unmendable } from './unmendable.ts';
import type { KnownWorkflow, Workflows } from './workflows.ts';

/** Gives a row all that its workflow has recorded since. @throws Unmendable when no unbroken chain leads there. */
export const createRebuild = (orm: MikroORM, workflows: Workflows) => {
  /** The story of the workflow from this version on, over all runs that it took. */
  const storiesSince = async (number: string, runId: string, version: number): Promise<RunStory[]> => {
    const stories: RunStory[] = [];
    for (let run: string | null = runId; run !== null; ) {
      const events = await workflows.historyOf(ticketWorkflowId(number), run);
      if (events === null) throw new Unmendable('Temporal has forgotten an earlier run of its workflow');
      heartbeat(number);
      const story = readStory(events);
      stories.unshift(story);
      run = story.from.version > version ? story.before : null;
    }
    return stories;
  };

  const keptVersion = async (id: number): Promise<Pinned> => {
    try {
      return await pinnedVersion(orm.em.fork(), id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new Unmendable(`workflow version ${id}, which it follows, is lost with the database`);
    }
  };

  const pinsOf = async (steps: Step[], stories: RunStory[]): Promise<Map<number, Pinned>> => {
    const ids = new Set(steps.flatMap(({ state }) => state.workflowVersionId ?? []));
    const pins = new Map<number, Pinned>();
    for (const id of ids) {
      const kept = await keptVersion(id);
      const read = stories.flatMap(({ pins }) => pins).find(({ workflowVersionId }) => workflowVersionId === id);
      if (read && !isDeepStrictEqual(kept.definition, read.definition))
        throw new Unmendable(`workflow version ${id} is another one than the workflow follows`);
      pins.set(id, kept);
    }
    return pins;
  };

  return async (row: TicketRow, state: TicketState, workflow: KnownWorkflow): Promise<TicketState> => {
    const { number } = row.facts;
    const stories = await storiesSince(number, workflow.runId, state.version);
    assertMeets(stories, state);
    const steps = stories.flatMap((story) => story.steps).filter((step) => step.state.version > state.version);
    const changes = tellAgain(state, steps, await pinsOf(steps, stories));
    for (const change of changes) {
      await orm.em.fork().transactional((em) => rewriteChange(em, number, change));
      heartbeat(number);
    }
    return changes.at(-1)?.state ?? state;
  };
};

const readStory = (events: HistoryEvents): RunStory => {
  try {
    return storyOf(events);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw new Unmendable(`the history of its workflow has something else in it than we write: ${error.message}`);
  }
};

/** The story must have told of the very state that the row has, or have begun with it. */
const assertMeets = (stories: RunStory[], state: TicketState): void => {
  const known = stories.flatMap(({ from, steps }) => [from, ...steps.map((step) => step.state)]);
  const same = known.find(({ version }) => version === state.version);
  if (!same) throw new Unmendable(`Temporal has no record of version ${state.version}`);
  if (!isDeepStrictEqual(same, state))
    throw new Unmendable(`version ${state.version} of the row is not the one that its workflow has recorded`);
};

/** All changes first: a chain that breaks leaves the row as it is. */
const tellAgain = (state: TicketState, steps: Step[], pins: Map<number, Pinned>): RetoldChange[] => {
  const findPinned = (id: number): Pinned => {
    const pinned = pins.get(id);
    if (!pinned) throw new Unmendable(`workflow version ${id} is lost`);
    return pinned;
  };
  let before = state;
  return steps.map((step) => {
    const change = retold(before, step, findPinned);
    before = change.state;
    return change;
  });
};
