import { describe, expect, test } from 'vitest';
import { roleKeyOf } from '../../workflows/ticket/rules/role-key.ts';
import { homeOf, landingOf, type Me, openTo, safeNext } from './session.ts';

const person = (...systems: Me['systems']): Me => ({
  user: { id: 1, name: 'Marta Lindqvist', email: 'marta@example.com', department: null },
  systems,
});
const named = (names: string[]) => names.map((name) => ({ key: roleKeyOf(name), name }));
const hdts = (...roles: string[]) => ({ slug: 'hdts' as const, name: 'Help Desk', roles: named(roles) });
const tts = (...roles: string[]) => ({ slug: 'tts' as const, name: 'Ticket Tracking', roles: named(roles) });

describe('after signing in', () => {
  test.each([
    ['an employee asks', person(hdts('Employee')), '/help'],
    ['a coordinator reviews', person(hdts('Ticket Coordinator')), '/review'],
    ['a coordinator who is an employee as well reviews', person(hdts('Employee', 'Ticket Coordinator')), '/review'],
    ['an admin of the help desk reviews', person(hdts('Admin')), '/review'],
    ['an agent works', person(tts('Asset Manager')), '/desk'],
    ['several systems are a choice', person(hdts('Employee'), tts('Admin')), '/systems'],
    ['an account without a role can ask', person(), '/help'],
  ])('%s', (_case, me, path) => {
    expect(landingOf(me)).toBe(path);
  });

  test('the help desk is open to everybody, beside their own systems', () => {
    expect(openTo(person())).toEqual(['hdts']);
    expect(openTo(person(tts('Asset Manager')))).toEqual(['tts', 'hdts']);
    expect(openTo(person(hdts('Employee'), tts('Admin')))).toEqual(['hdts', 'tts']);
    expect(homeOf(person(tts('Asset Manager')), 'hdts')).toBe('/help');
  });

  test('systems without pages have one that says so', () => {
    expect(homeOf(person({ slug: 'ams', name: 'Assets', roles: named(['Admin']) }), 'ams')).toBe('/ams');
  });
});

describe('the page to return to after signing in', () => {
  test('is the page that was opened first', () => {
    expect(safeNext('/help/tickets?show=open', '/help')).toBe('/help/tickets?show=open');
  });

  test.each([
    undefined,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n\r/elsewhere.example',
    '/.//elsewhere.example',
    '/help/..//elsewhere.example',
    '/./sign-in',
    '/sign-in?next=/',
  ])('is never %s', (next) => {
    expect(safeNext(next, '/help')).toBe('/help');
  });
});
