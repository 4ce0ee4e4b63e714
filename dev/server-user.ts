import { runTool } from './run-tool.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** PostgreSQL refuses to run as root: then it runs as this user. */
export interface ServerUser {
  uid: number;
  gid: number;
}

export const userName = 'postgres';

const lookUpUser = async (): Promise<ServerUser> => {
  const [uid, gid] = await Promise.all([runTool('id', ['-u', userName]), runTool('id', ['-g', userName])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
};

/** Undefined unless we are root. Creates the system user if it is missing. */
export const serverUser = async (): Promise<ServerUser | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  try {
    return await lookUpUser();
  } catch {
    await runTool('useradd', ['--system', '--user-group', '--no-create-home', userName]);
    return await lookUpUser();
  }
};

export const canEnter = async (path: string, user: ServerUser): Promise<boolean> => {
  try {
    await runTool('/bin/sh', ['-c', 'test -x "$0"', path], { ...user, cwd: '/' });
    return true;
  } catch {
    return false;
  }
};

/** Also when it is there and cannot read what it needs. */
export const runsFor = async (program: string, user: ServerUser | undefined): Promise<boolean> => {
  try {
    await runTool(program, ['--version'], { ...user, cwd: '/' });
    return true;
  } catch {
    return false;
  }
};
