import type { z } from 'zod';

/** Names every setting that is missing or wrong at once, so that nobody has to start again for each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Environment = Record<string, string | undefined>;

const asSet = (env: Environment): Environment => Object.fromEntries(Object.entries(env).filter(([, value]) => value));

const isLocal = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** What is wrong with PUBLIC_URL, also for a program that does not need it: the others would not start with it. */
const aboutPublicUrl = ({ PUBLIC_URL: text, NODE_ENV }: Environment): string[] => {
  if (text === undefined || !URL.canParse(text)) return [];
  const url = new URL(text);
  if (url.protocol === 'https:' || (NODE_ENV !== 'production' && isLocal(url))) return [];
  return [
    'PUBLIC_URL must start with https:// (outside of production also http://localhost), because sessions travel in a Secure cookie',
  ];
};

/**
 * Reads these settings. In production nothing is guessed that `needed` names: its default is for one machine only.
 * @throws ConfigError
 */
export const readSettings = <Schema extends z.ZodObject>(
  schema: Schema,
  env: Environment,
  needed: readonly (keyof z.infer<Schema> & string)[] = [],
): z.infer<Schema> => {
  const given = asSet(env);
  const { data, error } = schema.safeParse(given);
  const wrong = (error?.issues ?? []).map(({ path: [name = ''], message }) => [String(name), message] as const);
  const missing = new Set([
    ...wrong.filter(([name]) => given[name] === undefined).map(([name]) => name),
    ...needed.filter((name) => given.NODE_ENV === 'production' && given[name] === undefined),
  ]);
  const problems = [
    ...[...missing].map(
      (name) => `${name} is missing${needed.includes(name) ? ', for which production has no default' : ''}`,
    ),
    ...wrong.filter(([name]) => !missing.has(name)).map(([name, message]) => `${name} is wrong (${message})`),
    ...aboutPublicUrl(given),
  ];
  if (problems.length === 0 && data !== undefined) return data;
  throw new ConfigError(
    `The environment is not complete: ${problems.join('; ')}. Set it and start again; api/config.ts explains each setting.`,
  );
};

/** What this reads; a program whose settings are wrong ends with a sentence, as nothing but its environment is at fault. */
export const orExit = <Settings>(read: () => Settings): Settings => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
};
