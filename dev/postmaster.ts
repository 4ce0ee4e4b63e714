import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, StackProblem } from './problem.ts';
import { identify } from './register.ts';

const fileOf = (folder: string): string => join(folder, 'postmaster.pid');

const postmasterOf = async (folder: string): Promise<number | null> => {
  try {
    return Number.parseInt(await readFile(fileOf(folder), 'utf8'), 10);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

/** A server of PostgreSQL works in the folder of its data. Null where the system does not tell. */
const workplaceOf = (pid: number): Promise<string | null> => readlink(`/proc/${pid}/cwd`).catch(() => null);

/** Whether this process is the server of this folder. @throws StackProblem when that cannot be told. */
const serves = async (pid: number, folder: string): Promise<boolean> => {
  const identity = identify(pid);
  if (identity === null) return false;
  if (identity.includes(`postgres -D ${folder} `)) return true;
  if (!/[ /]postgres( |$)/.test(identity)) return false;
  const workplace = await workplaceOf(pid);
  if (workplace !== null) return workplace === (await realpath(folder));
  const advice = `If it uses another folder, delete ${fileOf(folder)}; if it uses this one, stop it.`;
  throw new StackProblem(`A PostgreSQL runs (pid ${pid}) that may use ${folder}. ${advice}`);
};

/** Stops the server that a killed stack left running on this folder. */
export const stopLeftBehind = async (path: string): Promise<boolean> => {
  const folder = resolve(path);
  const pid = await postmasterOf(folder);
  if (pid === null) return false;
  if (!(await serves(pid, folder))) {
    // After a crash of the machine the number may belong to any program, and PostgreSQL would take that for its server.
    await rm(fileOf(folder), { force: true });
    return false;
  }
  // SIGINT: end the sessions and shut down cleanly.
  process.kill(pid, 'SIGINT');
  const end = Date.now() + 30_000;
  while (await serves(pid, folder)) {
    if (Date.now() > end) throw new StackProblem(`PostgreSQL (pid ${pid}) on ${folder} does not stop. End it by hand.`);
    await sleep(50);
  }
  return true;
};
