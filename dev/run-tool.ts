import { type ChildProcess, type ExecFileOptions, execFile } from 'node:child_process';

const running = new Set<ChildProcess>();

// They do not get the terminal's signal when only this process is ended.
process.once('exit', () => {
  for (const tool of running) tool.kill('SIGKILL');
});

/** Runs a program to its end; it never outlives this process. @throws with its `stderr` when it fails. */
export const runTool = (
  file: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<{ stdout: string }> =>
  new Promise((resolve, reject) => {
    const tool = execFile(file, args, { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      running.delete(tool);
      if (error) reject(Object.assign(error, { stderr }));
      else resolve({ stdout });
    });
    running.add(tool);
  });
