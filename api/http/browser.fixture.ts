export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  body: any;
}

interface App {
  request(url: string, init: RequestInit): Response | Promise<Response>;
}

interface Credentials {
  email: string;
  password: string;
}

type Change = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

export interface Browser {
  get(path: string): Promise<Answer>;
  post: Change;
  put: Change;
  patch: Change;
  delete: Change;
  /** Whatever the answer is; headers win over those that our pages send. */
  signIn(credentials: Credentials, headers?: Record<string, string>): Promise<Answer>;
  cookie(): string | null;
}

const origin = 'http://localhost:8000';

/** What a page of ours does: keeps the cookie, sends JSON from the configured origin. */
export const openBrowser = (app: App): Browser => {
  let cookie: string | null = null;

  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = new Headers(init.headers);
    if (cookie) headers.set('cookie', cookie);
    const response = await app.request(`${origin}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookie = pair.endsWith('=') ? null : pair;
    }
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };

  const changing =
    (method: string): Change =>
    (path, body, headers = {}) =>
      send(path, {
        method,
        headers: { origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
  const post = changing('POST');

  return {
    get: (path) => send(path, { method: 'GET' }),
    post,
    put: changing('PUT'),
    patch: changing('PATCH'),
    delete: changing('DELETE'),
    signIn: ({ email, password }, headers) => post('/api/auth/sign-in', { email, password }, headers),
    cookie: () => cookie,
  };
};
