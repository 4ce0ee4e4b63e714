import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a request may name instead of a path: nothing of it may end a server. */
export const oddTargets: readonly (readonly [what: string, target: string])[] = [
  ['two slashes', '//'],
  ['two slashes and a port that is none', '//a:b'],
  ['a host that is none', '//['],
  ['the server as a whole', '*'],
  ['an address of another host', 'http://example.com/messages/1'],
  ['an address that is none', 'http://['],
  ['an address without a host', 'http://'],
  ['another scheme', 'file:///etc/passwd'],
  ['a percent sign alone', '/%'],
  ['half a letter', '/%c3'],
  ['an encoded NUL', '/%00'],
  ['an encoded NUL in a file name', '/assets/%00.js'],
  ['encoded steps upwards', '/..%2f..%2fetc%2fpasswd'],
  ['steps upwards', '/../../etc/passwd'],
  ['backslashes', '/\\\\example.com\\'],
  ['a very long path', `/${'a'.repeat(12_000)}`],
  ['a very long query', `/?${'a=1&'.repeat(3_000)}`],
];

/** Sends a request that no well-behaved client would send, and returns everything that the server says. */
export const askFor = async (port: number, target: string, method = 'GET'): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 'latin1');
  return (await buffer(socket)).toString('latin1');
};
