import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from '../../api/http/number.schema.ts';
import type { SeedArgs } from '../../workflows/seed/messages.ts';
import type { SeedCommand } from '../../workflows/seed/names.ts';

export interface SeedRequest {
  command: SeedCommand;
  args: SeedArgs;
  output: 'text' | 'json';
  /** `--yes`: do not ask before a flush. */
  yes: boolean;
}

interface Offer {
  command: SeedCommand;
  name: string;
  /** The names of the setup guide. */
  aliases: string[];
  creates: string;
  count?: { least: number; usual: number };
  /** Takes `--seed`, because it makes up people or tickets. */
  random?: boolean;
  all?: boolean;
}

const offers: readonly Offer[] = [
  {
    command: 'systems',
    name: 'systems',
    aliases: ['seed_systems'],
    creates: 'the four systems, each with its Admin role and its admin',
  },
  {
    command: 'tts',
    name: 'tts',
    aliases: ['seed_tts'],
    creates: 'roles and accounts of TTS, and sets off the workflows',
  },
  { command: 'hdts', name: 'hdts', aliases: ['seed_hdts'], creates: 'roles and accounts of HDTS' },
  {
    command: 'employees',
    name: 'employees',
    aliases: ['seed_employees'],
    creates: 'the employees from the start, and as many more as you say',
    count: { least: 0, usual: 0 },
    random: true,
  },
  {
    command: 'roles',
    name: 'roles',
    aliases: ['seed_role', 'seed_roles'],
    creates: 'the roles of TTS, and waits until ticket tracking has them',
  },
  {
    command: 'workflows',
    name: 'workflows',
    aliases: ['seed_workflows2', 'seed_workflows'],
    creates: 'the five workflows',
  },
  {
    command: 'hdts_employees',
    name: 'hdts-employees',
    aliases: ['hdts_employees'],
    creates: 'people in all roles, departments and states of the help desk',
    count: { least: 1, usual: 150 },
    random: true,
  },
  {
    command: 'tickets',
    name: 'tickets',
    aliases: ['seed_tickets'],
    creates: 'tickets at every stage',
    count: { least: 1, usual: 50 },
    random: true,
  },
  {
    command: 'tickets_open',
    name: 'tickets-open',
    aliases: ['seed_tickets_open'],
    creates: 'tickets that are opened and wait in triage',
    count: { least: 1, usual: 20 },
    random: true,
  },
  { command: 'all', name: 'all', aliases: ['seed_all'], creates: 'everything above', random: true, all: true },
  {
    command: 'base',
    name: 'base',
    aliases: [],
    creates: 'what npm start puts into an empty database: all but people and tickets',
  },
];

const highestCount = 5_000;

const numberFrom =
  (least: number, highest: number) =>
  (text: string): number => {
    const { data } = wholeNumber(least, highest).safeParse(text);
    if (data !== undefined) return data;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${highest}.`);
  };

interface Options extends SeedArgs {
  output: SeedRequest['output'];
  yes?: boolean;
}

const addOffer = (program: Command, offer: Offer, found: (request: SeedRequest) => void): void => {
  const { command, count } = offer;
  const sub = program.command(offer.name).aliases(offer.aliases).description(`Creates ${offer.creates}.`);
  sub.addOption(new Option('-o, --output <format>', 'what to print').choices(['text', 'json']).default('text'));
  if (count)
    sub.option('-c, --count <n>', `how many; ${count.usual} when left out`, numberFrom(count.least, highestCount));
  if (offer.random)
    sub.option(
      '--seed <n>',
      'random seed; another number makes other people and tickets',
      numberFrom(1, 1_000_000_000),
    );
  if (offer.all) {
    sub.option('--people <n>', 'how many people of the help desk; 150 when left out', numberFrom(1, highestCount));
    sub.option('--tickets <n>', 'how many tickets; 50 when left out', numberFrom(1, highestCount));
    sub.option('--tickets-open <n>', 'how many open tickets; 20 when left out', numberFrom(1, highestCount));
    sub.option('--flush', 'delete everything first: users, tickets, messages, sessions');
    sub.option('--yes', 'do not ask before --flush');
  }
  sub.action(({ output, yes = false, ...args }: Options) => found({ command, args, output, yes }));
};

/**
 * Parses the command line; null when it only asks for help.
 * @throws CommanderError with its message already printed.
 */
export const parseRequest = (argv: readonly string[]): SeedRequest | null => {
  let request: SeedRequest | null = null;
  const program = new Command('npm run seed --').description(
    'Fills the installation with systems, accounts, workflows, people and tickets. Each command starts a workflow and shows its progress. Running it twice creates nothing new.',
  );
  program.exitOverride().helpCommand(false);
  for (const offer of offers) {
    addOffer(program, offer, (found) => {
      request = found;
    });
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return null;
    throw error;
  }
  return request;
};
