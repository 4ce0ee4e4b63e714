import { syncPerson } from './activities.ts';

/** `hdts.user.sync`: somebody of the help desk's staff was made or changed in auth. */
export async function userSync({ userId }: { userId: number; version: number }): Promise<{ applied: boolean }> {
  return await syncPerson(userId);
}
