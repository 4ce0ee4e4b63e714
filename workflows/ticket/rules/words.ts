// The codes of the domain. Database, API, workflow and search attributes share this spelling; labels are in web/.

export const statuses = [
  'new',
  'open',
  'in_progress',
  'on_hold',
  'pending',
  'resolved',
  'rejected',
  'withdrawn',
  'closed',
] as const;
export type Status = (typeof statuses)[number];

/** A ticket in one of these is over: it takes no command and its workflow has ended. */
export const finalStatuses = ['rejected', 'withdrawn', 'closed'] as const satisfies readonly Status[];

export const priorities = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const categories = [
  'it_support',
  'asset_check_in',
  'asset_check_out',
  'budget_proposal',
  'general_request',
] as const;
export type Category = (typeof categories)[number];

export const departments = ['it', 'asset', 'budget'] as const;
export type Department = (typeof departments)[number];

export const systems = ['tts', 'hdts', 'ams', 'bms'] as const;
export type System = (typeof systems)[number];

/** A code as people say it: "in progress" for `in_progress`, "IT support" for `it_support`. */
export const spoken = (code: string): string =>
  code
    .split('_')
    .map((word) => (word === 'it' ? 'IT' : word))
    .join(' ');
