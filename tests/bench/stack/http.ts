import { Agent, type IncomingMessage, request } from 'node:http';

export interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  bytes: number;
}

/** A signed-in person with one keep-alive connection. */
export interface HttpClient {
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** The size of a file's body with this encoding. */
  bytes(path: string, encoding: string): Promise<number>;
}

interface Target {
  /** Where to connect. */
  url: string;
  /** The origin of our pages; unsafe requests must come from it. */
  origin: string;
  cookie?: string;
}

interface Message {
  method: string;
  path: string;
  body?: string;
  headers: Record<string, string>;
}

// Not `for await`, because its overhead takes processor time from what is measured.
const read = (message: IncomingMessage, done: (body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  message.on('end', () => done(Buffer.concat(chunks)));
};

/** Far more than the ten seconds in which the product answers every request. */
const patienceMs = 30_000;
/**
 * How long a connection may be idle. With this bound, the agent also respects the server's shorter one and does not use a
 * connection that the server is closing.
 */
const longestRestMs = 10_000;

const exchange = (agent: Agent, url: URL, { method, path, body, headers }: Message): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const target = { agent, hostname: url.hostname, port: url.port, method, path, headers, timeout: patienceMs };
    const sent = request(target, (message) => {
      message.on('error', reject);
      read(message, (content) =>
        resolve({
          status: message.statusCode ?? 0,
          headers: message.headers,
          text: content.toString(),
          bytes: content.length,
        }),
      );
    });
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} was not answered in ${patienceMs / 1_000} s`)));
    sent.end(body);
  });

/** @throws Error with the answer for every status except success, because failed requests must be fixed, not measured. */
const demand = (reply: Reply, what: string): Reply => {
  if (reply.status < 200 || reply.status > 299) throw new Error(`${what} returned ${reply.status}: ${reply.text}`);
  return reply;
};

export const openClient = ({ url, origin, cookie }: Target): HttpClient => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: longestRestMs });
  const target = new URL(url);
  const shared: Record<string, string> = cookie === undefined ? { origin } : { origin, cookie };
  return {
    async get(path) {
      return demand(await exchange(agent, target, { method: 'GET', path, headers: shared }), `GET ${path}`);
    },
    async bytes(path, encoding) {
      const headers = { ...shared, 'accept-encoding': encoding };
      return demand(await exchange(agent, target, { method: 'GET', path, headers }), `GET ${path}`).bytes;
    },
    async post(path, value, headers = {}) {
      const body = JSON.stringify(value);
      const size = String(Buffer.byteLength(body));
      const all = { ...shared, 'content-type': 'application/json', 'content-length': size, ...headers };
      return demand(await exchange(agent, target, { method: 'POST', path, body, headers: all }), `POST ${path}`);
    },
  };
};
