import type { TicketActivities } from '../../activities/ticket/ticket.activities.ts';

/**
 * The types of a ticket's activities as people read them: the timeline of Temporal Web shows the type of a local activity,
 * and never its summary. They are in the histories of running workflows, so they must not change.
 */
export const activityWords = {
  recordChange: 'Write the change down',
  currentState: 'Read the ticket again',
  findWorkflow: 'Find the workflow definition',
  pinnedVersion: 'Load the workflow definition',
  needsAssignee: 'Check who has the step',
} as const satisfies Record<keyof TicketActivities, string>;

/** The activities under both types. A run that began under a release without the words goes on with the names in code. */
export const alsoInWords = (activities: TicketActivities) => ({
  ...activities,
  [activityWords.recordChange]: activities.recordChange,
  [activityWords.currentState]: activities.currentState,
  [activityWords.findWorkflow]: activities.findWorkflow,
  [activityWords.pinnedVersion]: activities.pinnedVersion,
  [activityWords.needsAssignee]: activities.needsAssignee,
});
