import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  status: number;
  body: string;
}

/** Asks a server on this machine. With an agent of its own: `fetch` may send the question through a proxy. */
export const ask = async (url: string): Promise<Answer> => {
  const [response]: IncomingMessage[] = await once(get(url, { agent: new Agent() }), 'response');
  if (response === undefined) throw new Error(`${url} does not answer.`);
  return { status: response.statusCode ?? 0, body: await text(response) };
};
