import { describe, expect, test } from 'vitest';
import { callerKey, clientAddress, isNetwork, networks } from './client-address.ts';

const proxies = networks(['10.0.0.0/8', '127.0.0.1', '2001:db8:1::/48', '::1']);
const from = (peer: string, header?: string) => clientAddress(peer, header, proxies);

describe('the address of the caller', () => {
  test.each([
    ['nobody stands between', '203.0.113.9', undefined, '203.0.113.9'],
    ['a proxy says whom it was asked by', '10.0.0.2', '203.0.113.9', '203.0.113.9'],
    ['two proxies, one behind the other', '10.0.0.2', '203.0.113.9, 10.1.1.1', '203.0.113.9'],
    ['a proxy that listens on both families', '::ffff:10.0.0.2', '203.0.113.9', '203.0.113.9'],
    ['a caller from IPv6', '2001:db8:1::7', '2001:db8:2::9', '2001:db8:2::9'],
    ['a caller from IPv4 as IPv6 writes it', '10.0.0.2', '::ffff:203.0.113.9', '203.0.113.9'],
    ['a proxy that adds the port', '10.0.0.2', '203.0.113.9:4711', '203.0.113.9'],
    ['a proxy that adds the port to IPv6', '10.0.0.2', '[2001:db8:2::9]:4711', '2001:db8:2::9'],
    ['spaces around it', '10.0.0.2', '  203.0.113.9 ', '203.0.113.9'],
    ['a proxy that asks by itself', '10.0.0.2', undefined, '10.0.0.2'],
    ['only proxies', '10.0.0.2', '10.0.0.3', '10.0.0.3'],
  ])('%s', (_what, peer, header, address) => {
    expect(from(peer, header)).toBe(address);
  });

  test.each([
    ['from a peer that is no proxy', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['left of what the proxy wrote', '10.0.0.2', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['left of it, as a proxy of ours', '10.0.0.2', '198.51.100.1, 127.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['a word', '10.0.0.2', 'unknown', '10.0.0.2'],
    ['nothing', '10.0.0.2', '', '10.0.0.2'],
    ['nothing after a comma', '10.0.0.2', '203.0.113.9,', '10.0.0.2'],
    ['a number too large', '10.0.0.2', '198.51.100.1, 300.1.1.1', '10.0.0.2'],
    ['half an address', '10.0.0.2', '[::1', '10.0.0.2'],
    ['a script', '10.0.0.2', '<script>', '10.0.0.2'],
    ['garbage behind a second proxy', '10.0.0.2', 'garbage, 10.0.0.3', '10.0.0.3'],
    ['an octal spelling', '10.0.0.2', '0177.0.0.1', '10.0.0.2'],
  ])('is not what the caller claims: %s', (_what, peer, header, address) => {
    expect(from(peer, header)).toBe(address);
  });

  test('is the peer’s as long as no proxy is named', () => {
    expect(clientAddress('127.0.0.1', '198.51.100.1', networks([]))).toBe('127.0.0.1');
    expect(clientAddress('::ffff:127.0.0.1', undefined, networks([]))).toBe('127.0.0.1');
  });
});

test.each(['127.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '::1', '2001:db8::/32'])('%s names a proxy', (entry) => {
  expect(isNetwork(entry)).toBe(true);
  expect(() => networks([entry])).not.toThrow();
});

test.each(['', 'proxy', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::1/129', '10.0.0', '1', 'true', '10.0.0.0/-1'])(
  '“%s” names none',
  (entry) => {
    expect(isNetwork(entry)).toBe(false);
  },
);

test('who has IPv6 counts as one caller with all addresses of their own network', () => {
  expect(callerKey('203.0.113.9')).toBe('203.0.113.9');
  expect(callerKey('unknown')).toBe('unknown');
  expect(callerKey('2001:db8:0:7:1:2:3:4')).toBe('2001:db8:0:7::/64');
  expect(callerKey('2001:DB8:0:7::1')).toBe('2001:db8:0:7::/64');
  expect(callerKey('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(callerKey('::1')).toBe('0:0:0:0::/64');
  expect(callerKey('2001:db8:0:8::1')).not.toBe(callerKey('2001:db8:0:7::1'));
});
