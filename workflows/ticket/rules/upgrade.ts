import type { Definition } from './definition.ts';
import { roleKeyOf } from './role-key.ts';
import { stateSchema, submitted, type TicketState } from './state.ts';

// State outlives code: a row or a running workflow may hold what an older release wrote. All of it is upgraded here first,
// so the rest of the code knows only today's shape.

/** A state of any release. */
export interface StoredState {
  schema?: number;
  phase: { at: string; role?: string; [field: string]: unknown };
  [field: string]: unknown;
}

type Upgrade = (state: StoredState) => StoredState;

/** The first release had no schema number, and knew a step's role by its name. */
const toRoleKeys: Upgrade = ({ phase: { role, ...phase }, ...state }) => ({
  ...state,
  phase: role === undefined ? phase : { ...phase, roleKey: roleKeyOf(role) },
});

/** Before schema 3, a requester with the role got the step like anybody else, so it only waited when nobody had the role. */
const toOnlyRequester: Upgrade = ({ phase, ...state }) => ({
  ...state,
  phase: phase.at === 'step' ? { ...phase, onlyRequester: false } : phase,
});

/** The functions that upgrade a state from schema 1 to 2, from 2 to 3, and so on. */
const upgrades: readonly Upgrade[] = [toRoleKeys, toOnlyRequester];

/** The state in today's shape. @throws Error for one of a newer release: the worker must be upgraded first. */
export const upToDate = (stored: StoredState | TicketState): TicketState => {
  const { schema = 1 } = stored;
  if (schema > stateSchema)
    throw new Error(`This ticket was written by a newer release (schema ${schema}). Upgrade this process first.`);
  let state: StoredState = { ...stored };
  for (const upgrade of upgrades.slice(schema - 1)) state = upgrade(state);
  return { ...state, schema: stateSchema } as unknown as TicketState;
};

/** The state of a row or a run; a ticket that has none yet has just been submitted. */
export const stateOf = (stored: StoredState | TicketState | null | undefined): TicketState =>
  stored ? upToDate(stored) : submitted;

/** The definition in today's shape: the first release named the roles of its steps. */
export const definitionUpToDate = (stored: Definition): Definition => ({
  ...stored,
  steps: stored.steps.map(({ roleByDepartment, ...step }) => ({
    ...step,
    role: roleKeyOf(step.role),
    ...(roleByDepartment && {
      roleByDepartment: Object.fromEntries(
        Object.entries(roleByDepartment).map(([department, role]) => [department, roleKeyOf(role)]),
      ),
    }),
  })),
});
