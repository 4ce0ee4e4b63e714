import { condition, setHandler } from '@temporalio/workflow';
import { membersChanged } from '../ticket/messages.ts';

export { employeeSync as 'hdts.employee.sync' } from './employee.ts';
export { roleSync as 'tts.role.sync' } from './role.ts';
export { userSync as 'hdts.user.sync' } from './user.ts';
export { userSystemRoleSync as 'tts.user_system_role.sync' } from './user-system-role.ts';

/** Stands in for a ticket workflow: ends at the first signal. */
export async function hintedTicket(): Promise<string> {
  let hinted = false;
  setHandler(membersChanged, () => {
    hinted = true;
  });
  await condition(() => hinted);
  return 'hinted';
}
