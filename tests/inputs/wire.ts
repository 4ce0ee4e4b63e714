import { connect } from 'node:net';

/** A request as it goes over the wire. Headers are a list, so that one can come twice; each character is one byte. */
export interface Sent {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: Uint8Array | null;
}

export interface Received {
  status: number;
  headers: Headers;
  text: string;
}

const patience = 30_000;

export const bytesOf = ({ method, target, headers, body }: Sent): Buffer => {
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''];
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), body ?? Buffer.alloc(0)]);
};

const unchunked = (body: Buffer): Buffer => {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
};

interface Answer {
  status: number;
  headers: Headers;
  /** As much of it as has arrived. */
  body: Buffer;
}

/** Null until the head is complete. `100 Continue` is not yet the answer. */
const readAnswer = (bytes: Buffer): Answer | null => {
  const headEnd = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, Math.max(0, headEnd)).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  if (headEnd < 0 || !status) return null;
  const body = bytes.subarray(headEnd + 4);
  if (status === 100) return readAnswer(body);
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return { status, headers, body };
};

const isChunked = ({ headers }: Answer): boolean => headers.get('transfer-encoding') === 'chunked';

/** Whether the answer is complete although the server keeps the connection open, as some headers ask it to. */
const isOverAndKept = (answer: Answer, isHead: boolean): boolean => {
  const { status, headers, body } = answer;
  if (headers.get('connection')?.toLowerCase() !== 'keep-alive') return false;
  if (isHead || status === 204 || status === 304) return true;
  if (isChunked(answer)) return body.toString('latin1').endsWith('0\r\n\r\n');
  return body.length >= Number(headers.get('content-length') ?? Infinity);
};

/** Sends these bytes on a connection of their own; settles when the server has answered. */
export const exchange = async (port: number, bytes: Uint8Array): Promise<Received> => {
  const isHead = Buffer.from(bytes.subarray(0, 5)).toString('latin1') === 'HEAD ';
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(patience, () => socket.destroy(new Error(`No answer within ${patience / 1000} seconds`)));
  // A server that refuses a request may hang up before it has read all of it. Its answer counts all the same.
  const broken: unknown[] = [];
  let received: Buffer = Buffer.alloc(0);
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = readAnswer(received);
      if (answer && isOverAndKept(answer, isHead)) socket.destroy();
    });
    socket.on('error', (error) => broken.push(error));
    socket.on('close', () => resolve());
    socket.write(bytes);
  });
  if (received.length === 0) throw new Error('The server hung up without an answer', { cause: broken[0] });
  const answer = readAnswer(received);
  if (!answer) throw new Error(`This is no answer: ${received.toString('latin1').slice(0, 200)}`);
  const { status, headers, body } = answer;
  return { status, headers, text: (isChunked(answer) ? unchunked(body) : body).toString('utf8') };
};
