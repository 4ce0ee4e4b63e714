import { passwords } from '../../../seeds/accounts.ts';
import { each } from '../../rig/each.ts';
import { type HttpClient, openClient } from './http.ts';
import type { Product } from './product.ts';

export interface Account {
  email: string;
  password: string;
}

/** Accounts from `npm run seed -- all`, one for each kind of user that the rows need. */
export const accounts = {
  employee: { email: 'clara.duarte@example.com', password: passwords.employee },
  coordinator: { email: 'alex.johnson@gmail.com', password: passwords.hdts },
  admin: {
    email: 'tickettrackingsystem.mapactive+lawrenceafable@dev.mapactive.tech',
    password: passwords.tts,
  },
} as const satisfies Record<string, Account>;

/** Signs in like the page. Returns the cookie. */
export const signIn = async (product: Product, account: Account): Promise<string> => {
  const [api] = product.apis;
  const client = openClient({ url: api?.url ?? '', origin: product.settings.PUBLIC_URL ?? '' });
  const { headers } = await client.post('/api/auth/sign-in', account);
  const [cookie = ''] = headers['set-cookie']?.[0]?.split(';') ?? [];
  return cookie;
};

export type Role = keyof typeof accounts;

/** The cookies of the sessions of each kind of user. */
export type Sessions = Record<Role, readonly string[]>;

// The sign-in limiter allows ten tries of one account at once.
const atOnce = 4;

export const openSessions = async (product: Product, count: number): Promise<Sessions> => {
  const sessionsOf = async (role: Role): Promise<string[]> => {
    const cookies: string[] = [];
    await each(Array.from({ length: count }), atOnce, async () => {
      cookies.push(await signIn(product, accounts[role]));
    });
    return cookies;
  };
  return {
    employee: await sessionsOf('employee'),
    coordinator: await sessionsOf('coordinator'),
    admin: await sessionsOf('admin'),
  };
};

/** A client for each session, spread over these addresses. */
export const clientsAt = (urls: readonly string[], origin: string, cookies: readonly string[]): HttpClient[] =>
  cookies.map((cookie, index) => openClient({ url: urls[index % urls.length] ?? '', origin, cookie }));

export const productClients = (product: Product, cookies: readonly string[]): HttpClient[] =>
  clientsAt(
    product.apis.map((api) => api.url),
    product.settings.PUBLIC_URL ?? '',
    cookies,
  );
