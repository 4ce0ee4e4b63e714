import { Agent, type IncomingMessage, request } from 'node:http';

export interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  bytes: number;
}

/** One signed-in person at one kept-alive connection. */
export interface HttpClient {
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** How many bytes the body of a file has in this packing. */
  bytes(path: string, encoding: string): Promise<number>;
}

interface Target {
  /** Where to connect. */
  url: string;
  /** The address of our pages, which changes must come from. */
  origin: string;
  cookie?: string;
}

interface Message {
  method: string;
  path: string;
  body?: string;
  headers: Record<string, string>;
}

// Not `for await`: the generator takes its time from the cores that are measured.
const read = (message: IncomingMessage, done: (body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  message.on('end', () => done(Buffer.concat(chunks)));
};

/** The product answers every request within ten seconds. */
const patienceMs = 30_000;
/**
 * How long a connection may rest. Where an agent has such a bound, it also heeds the shorter one of the server, and sends
 * nothing on a connection that is just being closed.
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

/** @throws Error with the answer for every status that is no success: a failed request is not measured but mended. */
const demand = (reply: Reply, what: string): Reply => {
  if (reply.status < 200 || reply.status > 299) throw new Error(`${what} answered ${reply.status}: ${reply.text}`);
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
