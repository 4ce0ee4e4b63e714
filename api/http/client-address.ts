import { BlockList, isIP } from 'node:net';

/** Addresses and networks, such as `10.0.0.0/8`. */
export const networks = (list: readonly string[]): BlockList => {
  const found = new BlockList();
  for (const entry of list) {
    const [address = '', length] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (length === undefined) found.addAddress(address, family);
    else found.addSubnet(address, Number(length), family);
  }
  return found;
};

/** Whether this is an address or a network in the form that `networks` takes. */
export const isNetwork = (entry: string): boolean => {
  const [address = '', length, ...rest] = entry.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    bits > 0 && rest.length === 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits))
  );
};

// A server that listens on both families names a caller from IPv4 like this.
const plain = (address: string): string => (/^::ffff:\d+\./i.test(address) ? address.slice('::ffff:'.length) : address);

const holds = (list: BlockList, address: string): boolean => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

// Some proxies write the port as well: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
const withPort = /^(?:\[(?<six>[^\]]+)\]|(?<four>[\d.]+))(?::\d{1,5})?$/;

const readEntry = (entry: string): string | null => {
  const text = entry.trim();
  const { six, four } = withPort.exec(text)?.groups ?? {};
  const address = six ?? four ?? text;
  return isIP(address) ? plain(address) : null;
};

/**
 * Who really asks. What `X-Forwarded-For` says is believed only as far as our own proxies have written it: each one adds, at
 * the right end, whom it was asked by. The first that is no proxy of ours is the caller; what stands left of it is the
 * caller's own word. Where an entry is no address, the proxy that passed it on counts.
 */
export const clientAddress = (peer: string, forwardedFor: string | undefined, trusted: BlockList): string => {
  let caller = plain(peer);
  const entries = forwardedFor?.split(',') ?? [];
  while (isIP(caller) && holds(trusted, caller)) {
    const next = readEntry(entries.pop() ?? '');
    if (next === null) break;
    caller = next;
  }
  return caller;
};

/**
 * What counts as one caller where calls are counted. Who has IPv6 has a whole /64 of addresses to themselves, and could
 * take another one for each try.
 */
export const callerKey = (address: string): string => {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [front, back] = [groups(head), groups(tail)];
  const all = [...front, ...Array(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
};
