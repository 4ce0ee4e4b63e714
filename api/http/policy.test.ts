import { describe, expect, test } from 'vitest';
import { admit, anyOf, anyone, anyRole, describePolicy, type Policy, role, signedIn } from './policy.ts';
import { AppError } from './problem.ts';
import type { SessionUser } from './user.ts';

const userWith = (...systems: SessionUser['systems']): SessionUser => ({
  id: 1,
  name: 'Somebody',
  email: 'somebody@example.com',
  department: null,
  systems,
});

const nobody = null;
const without = userWith();
const ttsAdmin = userWith({ slug: 'tts', name: 'TTS', roles: [{ key: 'admin', name: 'Overseer' }] });
const hdtsAdmin = userWith({ slug: 'hdts', name: 'HDTS', roles: [{ key: 'admin', name: 'Overseer' }] });
const employee = userWith({ slug: 'hdts', name: 'HDTS', roles: [{ key: 'employee', name: 'Employee' }] });

const outcome = (policy: Policy, user: SessionUser | null): string => {
  try {
    admit(policy, user);
    return 'in';
  } catch (error) {
    return error instanceof AppError ? error.code : 'crash';
  }
};

const users = { nobody, without, ttsAdmin, hdtsAdmin, employee };
const staff = anyOf(role('tts', 'admin'), role('hdts', 'admin'));

describe('who is let in', () => {
  test.each([
    { policy: anyone, in: ['nobody', 'without', 'ttsAdmin', 'hdtsAdmin', 'employee'] },
    { policy: signedIn, in: ['without', 'ttsAdmin', 'hdtsAdmin', 'employee'] },
    { policy: role('tts', 'admin'), in: ['ttsAdmin'] },
    { policy: role('hdts', 'admin'), in: ['hdtsAdmin'] },
    { policy: anyRole('hdts'), in: ['hdtsAdmin', 'employee'] },
    { policy: anyRole('ams'), in: [] },
    { policy: staff, in: ['ttsAdmin', 'hdtsAdmin'] },
  ])('$policy.for: $in', ({ policy, in: admitted }) => {
    for (const [name, user] of Object.entries(users)) {
      const refused = user === null ? 'unauthenticated' : 'forbidden';
      expect(outcome(policy, user), name).toBe(admitted.includes(name) ? 'in' : refused);
    }
  });
});

test('a refusal says for whom the route is', () => {
  expect(() => admit(staff, employee)).toThrow('This is for Admin of TTS or Admin of HDTS.');
  expect(describePolicy(anyRole('hdts'))).toBe('every role of HDTS');
});
