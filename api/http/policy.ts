import type { MiddlewareHandler } from 'hono';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { AppError } from './problem.ts';
import type { SessionUser } from './user.ts';

/** A role that opens a route, by its key; without one, any role of that system does. */
interface Opener {
  system: System;
  role: string | null;
}

type Open = { for: 'anyone' };
export type Closed = { for: 'signed_in' } | { for: 'roles'; anyOf: Opener[] };

/** Who may call a route, as data. What a caller may see of it is decided in the services. */
export type Policy = Open | Closed;

type RolePolicy = Extract<Closed, { for: 'roles' }>;

export const anyone = { for: 'anyone' } as const satisfies Policy;
export const signedIn = { for: 'signed_in' } as const satisfies Policy;

export const role = (system: System, key: string): RolePolicy => ({ for: 'roles', anyOf: [{ system, role: key }] });

export const anyRole = (system: System): RolePolicy => ({ for: 'roles', anyOf: [{ system, role: null }] });

export const anyOf = (...policies: RolePolicy[]): RolePolicy => ({
  for: 'roles',
  anyOf: policies.flatMap((policy) => policy.anyOf),
});

type Roles = Pick<SessionUser, 'systems'>;

export const isInSystem = (user: Roles, system: System): boolean =>
  user.systems.some((entry) => entry.slug === system && entry.roles.length > 0);

export const hasRole = (user: Roles, system: System, roleKey: string): boolean =>
  user.systems.some((entry) => entry.slug === system && entry.roles.some(({ key }) => key === roleKey));

export const describePolicy = (policy: Policy): string => {
  if (policy.for === 'anyone') return 'everybody';
  if (policy.for === 'signed_in') return 'everybody who is signed in';
  return policy.anyOf
    .map(({ system, role: key }) => `${key === null ? 'every role' : readableRole(key)} of ${system.toUpperCase()}`)
    .join(' or ');
};

/** @throws AppError `unauthenticated` or `forbidden` when the policy does not let this user through. */
export const admit = (policy: Policy, user: SessionUser | null): void => {
  if (policy.for === 'anyone') return;
  if (!user) throw new AppError('unauthenticated', 'Sign in to go on.');
  if (policy.for === 'signed_in') return;
  const fits = policy.anyOf.some(({ system, role: key }) =>
    key === null ? isInSystem(user, system) : hasRole(user, system, key),
  );
  if (!fits) throw new AppError('forbidden', `This is for ${describePolicy(policy)}. Your account has no such role.`);
};

const guards = new WeakSet<object>();

export const isGuard = (handler: unknown): boolean => typeof handler === 'function' && guards.has(handler);

/** The user that a handler behind this policy finds: never null unless everybody is let in. */
export type UserOf<P extends Policy> = P extends Open ? SessionUser | null : SessionUser;

interface GuardEnv<P extends Policy> {
  Variables: { user: UserOf<P> };
}

/** The middleware that holds the policy; every route has one, through `endpoint` or directly. */
export const guard = <P extends Policy>(policy: P): MiddlewareHandler<GuardEnv<P>> => {
  const handler: MiddlewareHandler<GuardEnv<P>> = async (c, next) => {
    admit(policy, c.get('user'));
    await next();
  };
  guards.add(handler);
  return handler;
};
