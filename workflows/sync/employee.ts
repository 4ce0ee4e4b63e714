import { syncPerson } from './activities.ts';

/** `hdts.employee.sync`: an employee was created or changed in auth. */
export async function employeeSync({ userId }: { userId: number; version: number }): Promise<{ applied: boolean }> {
  return await syncPerson(userId);
}
