import { syncRole } from './activities.ts';
import { tellTickets } from './signals.ts';

/** `tts.role.sync`: a role of TTS was created or changed in auth. */
export async function roleSync({ roleId }: { roleId: number; version: number }): Promise<{ applied: boolean }> {
  const { applied, waiting } = await syncRole(roleId);
  await tellTickets(waiting);
  return { applied };
}
