import { createInterface } from 'node:readline/promises';
import { SeedProblem } from './problem.ts';

interface Asker {
  isTerminal: boolean;
  ask(question: string): Promise<string>;
}

export const terminal = (): Asker => ({
  isTerminal: process.stdin.isTTY === true,
  async ask(question) {
    // Ask on stderr, because stdout may be JSON.
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  },
});

/** @throws SeedProblem unless somebody has agreed to delete everything. */
export const requireConsent = async (
  { yes, production }: { yes: boolean; production: boolean },
  asker: Asker,
): Promise<void> => {
  if (production) throw new SeedProblem('--flush is refused: NODE_ENV is production. Nothing was deleted.');
  if (yes) return;
  if (!asker.isTerminal)
    throw new SeedProblem(
      '--flush asks before it deletes, and there is no terminal to ask on. Add --yes if you mean it.',
    );
  const answer = await asker.ask('This deletes every user, ticket, message and session. Type yes to go on: ');
  if (answer.trim().toLowerCase() !== 'yes') throw new SeedProblem('Nothing was deleted.');
};
