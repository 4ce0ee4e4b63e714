import { verify } from '@node-rs/argon2';
import { createLimiter, hashPassword } from '../../../api/auth/password.ts';
import { printedAccounts } from '../../../seeds/accounts.ts';
import type { Bench, Group } from '../bench.ts';
import { openClient } from '../stack/http.ts';
import { compare } from './compare.ts';

// The API limits concurrent verifications to this; the limit does the same.
const mostAtOnce = 4;

const accountOf = (client: number) => {
  const account = printedAccounts[client % printedAccounts.length];
  if (!account) throw new Error('There is no account to sign in with');
  return { email: account.email, password: account.password };
};

const compareSignIn = async (bench: Bench, clients: number, hash: string): Promise<void> => {
  const { apis, settings } = bench.product;
  const browsers = Array.from({ length: clients }, (_, index) =>
    openClient({ url: apis[index % apis.length]?.url ?? '', origin: settings.PUBLIC_URL ?? '' }),
  );
  const limited = createLimiter(mostAtOnce, Number.POSITIVE_INFINITY);
  await compare(bench, {
    row: 'sign-in',
    clients,
    seconds: bench.options.readSeconds,
    product: async (client) => {
      await browsers[client]?.post('/api/auth/sign-in', accountOf(client));
    },
    limit: async () => {
      if (!(await limited(() => verify(hash, 'Tracking123')))) throw new Error('Argon2id says no');
    },
  });
};

export const signIns: Group = {
  name: 'sign-in',
  at: 'the end',
  async run(bench) {
    const hash = await hashPassword('Tracking123');
    for (const clients of bench.options.clients) await compareSignIn(bench, clients, hash);
  },
};
