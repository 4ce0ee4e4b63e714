import { syncPerson } from './activities.ts';

/** `hdts.user.sync`: a staff member of the help desk was created or changed in auth. */
export async function userSync({ userId }: { userId: number; version: number }): Promise<{ applied: boolean }> {
  return await syncPerson(userId);
}
