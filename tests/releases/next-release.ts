// The workflow code of a next release: that of today, but a ticket's workflow tells which release it runs on. A query leaves
// nothing in the history, so running tickets may go forth and back between the two.
import { defineQuery, setHandler } from '@temporalio/workflow';
import { ticketLifecycle as ofToday } from '../../workflows/ticket/workflow.ts';

export * from '../../workflows/index.ts';

export const releaseQuery = defineQuery<string>('release');

export async function ticketLifecycle(...args: Parameters<typeof ofToday>): ReturnType<typeof ofToday> {
  setHandler(releaseQuery, () => 'next');
  return ofToday(...args);
}
