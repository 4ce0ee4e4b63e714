import { syncRoleMember } from './activities.ts';
import { tellTickets } from './signals.ts';

/** `tts.user_system_role.sync`: a user got or lost a role of TTS, or the user behind the role changed. */
export async function userSystemRoleSync({
  userId,
  roleId,
}: {
  userId: number;
  roleId: number;
  version: number;
}): Promise<{ applied: boolean }> {
  const { applied, waiting } = await syncRoleMember({ userId, roleId });
  await tellTickets(waiting);
  return { applied };
}
