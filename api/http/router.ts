import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import type { ZodError } from 'zod';
import type { Env } from './env.ts';
import { describePolicy, guard, isGuard, type Policy } from './policy.ts';
import { problem } from './problem.schema.ts';
import { AppError, type FieldError, problems } from './problem.ts';

// Nobody mends more than this at once, and a refusal must not be larger than what it refuses.
const maxErrors = 50;
const longestPath = 200;

const joined = (path: PropertyKey[]): string => path.join('.').slice(0, longestPath);

const fieldErrors = ({ issues }: ZodError): FieldError[] =>
  issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: joined([...issue.path, key]), message: 'There is no such field.' }))
        : [{ path: joined(issue.path), message: issue.message }],
    )
    .slice(0, maxErrors);

const refuseInvalid = (result: { success: true } | { success: false; error: ZodError }): void => {
  if (result.success) return;
  const errors = fieldErrors(result.error);
  const first = errors[0];
  const detail = first ? `${first.path ? `${first.path}: ` : ''}${first.message}` : 'Check what you have sent.';
  throw new AppError('invalid_input', detail, { errors });
};

const content = { 'application/problem+json': { schema: problem } };

const problemResponses = (policy: Policy, hasInput: boolean, isLimited: boolean) => ({
  ...(hasInput ? { 400: { description: problems.invalid_input.title, content } } : {}),
  ...(policy.for === 'anyone' ? {} : { 401: { description: problems.unauthenticated.title, content } }),
  ...(policy.for === 'roles' ? { 403: { description: problems.forbidden.title, content } } : {}),
  409: { description: problems.other_user.title, content },
  ...(isLimited ? { 429: { description: problems.rate_limited.title, content } } : {}),
  503: { description: problems.unavailable.title, content },
});

// What the route says and checks beyond its own words.
const additions = (
  policy: Policy,
  { request, responses, description }: Omit<RouteConfig, 'path'>,
  isLimited: boolean,
) => ({
  description: [description, `For ${describePolicy(policy)}.`].filter(Boolean).join(' '),
  // The validator passes a request without content type unseen unless the body is required.
  ...(request?.body ? { request: { ...request, body: { ...request.body, required: true } } } : {}),
  responses: { ...problemResponses(policy, request !== undefined, isLimited), ...responses },
  security: policy.for === 'anyone' ? [] : [{ session: [] }],
});

type EndpointConfig<Path extends string> = Omit<RouteConfig, 'path' | 'middleware' | 'security'> & {
  path: Path;
  /** One person may ask for it only so often; the handler counts. */
  limited?: true;
};

/** A route together with who may call it: the only way to make one that `createRouter` takes. */
export const endpoint = <const P extends Policy, Path extends string, R extends EndpointConfig<Path>>(
  policy: P,
  { limited, ...config }: R,
) => {
  const route = createRoute({ ...config, middleware: guard(policy) });
  // Outside of the route's type, so that a client's answer types stay those of success.
  Object.assign(route, additions(policy, config, limited === true));
  return route;
};

class GuardedRouter extends OpenAPIHono<Env> {
  constructor() {
    super({ defaultHook: refuseInvalid });
    // A member of its own in each router, as Hono makes them.
    const register = this.openapi;
    this.openapi = (route, handler, hook) => {
      if (!isGuard(route.middleware)) {
        throw new Error(`${route.method.toUpperCase()} ${route.path} has no policy: make it with endpoint(policy, …)`);
      }
      return register(route, handler, hook);
    };
  }
}

/** A router whose `openapi` takes nothing but what `endpoint` made. */
export const createRouter = (): OpenAPIHono<Env> => new GuardedRouter();

// `use` registers for all methods below a path; everything else answers requests and needs a policy.
const isMiddleware = (route: { method: string; path: string }): boolean =>
  route.method === 'ALL' && route.path.endsWith('*');

/** @throws Error that names each route without a policy. */
export const assertGuarded = (app: Pick<Hono, 'routes'>): void => {
  const guarded = new Map<string, boolean>();
  for (const route of app.routes.filter((entry) => !isMiddleware(entry))) {
    const name = `${route.method} ${route.path}`;
    guarded.set(name, guarded.get(name) === true || isGuard(route.handler));
  }
  const open = [...guarded].filter(([, has]) => !has).map(([name]) => name);
  if (open.length > 0) throw new Error(`Routes without a policy: ${open.join(', ')}. Make them with endpoint().`);
};
