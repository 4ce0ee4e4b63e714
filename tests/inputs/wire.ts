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

const parse = (answer: Buffer): Received => {
  const headEnd = answer.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = answer.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  if (headEnd < 0 || !status) throw new Error(`This is no answer: ${answer.toString('latin1').slice(0, 200)}`);
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const rest = answer.subarray(headEnd + 4);
  if (status === 100) return parse(rest);
  const body = headers.get('transfer-encoding') === 'chunked' ? unchunked(rest) : rest;
  return { status, headers, text: body.toString('utf8') };
};

/** Sends these bytes on a connection of their own; settles when the server has answered and hung up. */
export const exchange = async (port: number, bytes: Uint8Array): Promise<Received> => {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(patience, () => socket.destroy(new Error(`No answer within ${patience / 1000} seconds`)));
  // A server that has heard enough answers and hangs up; what we could not say any more is no error of its answer.
  const broken: unknown[] = [];
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error) => broken.push(error));
    socket.on('close', () => resolve());
    socket.write(bytes);
  });
  if (chunks.length === 0) throw new Error('The server hung up without an answer', { cause: broken[0] });
  return parse(Buffer.concat(chunks));
};
