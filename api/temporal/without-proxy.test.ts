import { expect, test } from 'vitest';
import { withoutProxy } from './without-proxy.ts';

test.each(['127.0.0.1:7233', 'localhost:7233', '[::1]:7233', 'temporal:7233'])(
  '%s is never behind a proxy',
  (address) => {
    expect(withoutProxy(address)).toEqual({ 'grpc.enable_http_proxy': 0 });
  },
);

test.each(['tickets.a1b2c.tmprl.cloud:7233', '10.0.0.7:7233', '[2001:db8::7]:7233'])('%s may be', (address) => {
  expect(withoutProxy(address)).toEqual({});
});
