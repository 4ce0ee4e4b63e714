import { expect, test } from 'vitest';
import { readableRole, roleKeyOf } from './role-key.ts';

const roles = [
  { name: 'Admin', key: 'admin' },
  { name: 'Asset Manager', key: 'asset_manager' },
  { name: 'Ticket Coordinator', key: 'ticket_coordinator' },
  { name: 'R&D  (north)', key: 'r_d_north_' },
  { name: 'Späti', key: 'sp_ti' },
  { name: 'already_a_key', key: 'already_a_key' },
];

test.each(roles)('the key of $name is $key, and the key of a key is the key itself', ({ name, key }) => {
  expect(roleKeyOf(name)).toBe(key);
  expect(roleKeyOf(key)).toBe(key);
});

test.each([
  ['asset_manager', 'Asset Manager'],
  ['r_d_north_', 'R D North'],
  ['Asset Manager', 'Asset Manager'],
  ['_', '_'],
])('%s reads %s', (key, words) => {
  expect(readableRole(key)).toBe(words);
});
