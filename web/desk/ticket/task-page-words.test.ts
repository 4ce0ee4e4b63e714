import { describe, expect, test } from 'vitest';
import type { TaskAction, TaskView } from '../../../api/tracking/task.schema.ts';
import {
  actionOfKey,
  actionsFor,
  keysOf,
  mainAction,
  noteReaders,
  outcomeWords,
  reasonsOf,
  taskDetail,
  taskHeadline,
  upcomingOf,
} from './task-page-words.ts';

const me = 12;
const dana = { id: 13, name: 'Dana Petrov' };
const held = {
  state: 'held',
  status: 'in_progress',
  step: 'Resolve',
  role: 'Asset Manager',
  assignee: dana,
  onlyRequester: false,
} as const;

const action = (key: string, direction: TaskAction['direction'], why: string | null = null): TaskAction => ({
  key,
  command: direction === 'take' ? 'take' : 'act',
  input: {},
  name: key,
  direction,
  note: direction === 'back' ? 'required' : direction === 'take' ? 'none' : 'optional',
  noteFor: 'staff',
  leadsTo: '',
  allowed: why === null,
  why,
});

describe('who has the step', () => {
  test('is the headline', () => {
    expect(taskHeadline({ ...held, assignee: { id: me, name: 'Jonas Weber' } }, me)).toBe('Your step: Resolve');
    expect(taskHeadline(held, me)).toBe('Resolve is with Dana Petrov');
    expect(taskHeadline({ ...held, state: 'waiting', assignee: null }, me)).toBe(
      'Resolve waits for the role Asset Manager',
    );
  });

  test('after the last step it is the requester', () => {
    const done = { ...held, state: 'done', status: 'resolved', step: null, assignee: null } as const;
    expect(taskHeadline(done, me)).toBe('Done here, waiting for the requester');
    expect(taskDetail(done, 'Marta Lindqvist')).toContain('Marta Lindqvist confirms');
    expect(taskDetail({ ...done, status: 'closed' }, 'Marta Lindqvist')).toBeNull();
  });
});

test('a step that only its requester could do says so', () => {
  const waiting = { ...held, state: 'waiting', assignee: null } as const;
  expect(taskDetail({ ...waiting, onlyRequester: true }, 'Marta Lindqvist')).toContain(
    'Only Marta Lindqvist has the role',
  );
  expect(taskDetail(waiting, 'Marta Lindqvist')).toContain('Nobody with the role is active');
});

describe('the actions', () => {
  test('taking over is not offered to the assignee', () => {
    const actions = [action('approve', 'forward'), action('take', 'take', 'You hold this step already.')];
    const keys = (assignee: TaskView['assignee']) => actionsFor({ actions, assignee }, me).map(({ key }) => key);
    expect(keys({ id: me, name: 'Jonas Weber' })).toEqual(['approve']);
    expect(keys(dana)).toEqual(['approve', 'take']);
  });

  test('the main one leads forward, else it is taking over; it never leads back', () => {
    const blocked = 'Dana Petrov holds this step.';
    expect(mainAction([action('reject', 'back'), action('approve', 'forward')])).toBe('approve');
    expect(mainAction([action('approve', 'forward', blocked), action('take', 'take')])).toBe('take');
    expect(mainAction([action('approve', 'forward', blocked), action('reject', 'back')])).toBeNull();
  });

  test('one that needs no words is one key; a note, or a required one, opens the dialog', () => {
    const actions = [action('reject', 'back'), action('approve', 'forward'), action('take', 'take', 'You hold it.')];
    const pressed = (key: string) => {
      const found = actionOfKey(actions, key);
      return found && [found.action.key, found.withNote];
    };
    expect(['a', 'n', 'r', 't'].map(pressed)).toEqual([['approve', false], ['approve', true], ['reject', true], null]);
    expect(keysOf(actions).map(({ key, what }) => `${key} ${what}`)).toEqual([
      'a approve',
      'n with a note',
      'r reject',
    ]);
  });

  test('the dialog says who reads the note', () => {
    expect(noteReaders({ noteFor: 'staff' }, 'Marta Lindqvist')).toContain('Marta Lindqvist does not.');
    expect(noteReaders({ noteFor: 'requester' }, 'Marta Lindqvist')).toContain('Marta Lindqvist reads your note');
  });

  test('a reason that several actions share appears once', () => {
    const [shared, other] = reasonsOf([
      action('Approve', 'forward', 'Dana holds it.'),
      action('Reject', 'back', 'Dana holds it.'),
      action('Take over', 'take', 'You are away.'),
      action('Hold', 'forward'),
    ]);
    expect(shared).toEqual({
      what: 'Approve and Reject are blocked',
      why: 'Dana holds it.',
      keys: ['Approve', 'Reject'],
    });
    expect(other).toMatchObject({ what: 'Take over is blocked', keys: ['Take over'] });
  });
});

test('the toast says where the ticket is now', () => {
  const say = (task: Parameters<typeof outcomeWords>[1]) => outcomeWords('TX20261123004098', task, me);
  expect(say(held)).toBe('004098 went to Resolve · Dana Petrov');
  expect(say({ ...held, assignee: { id: me, name: 'Jonas Weber' } })).toBe('004098 is with you · Resolve');
  expect(say({ ...held, state: 'waiting', assignee: null })).toBe(
    '004098 went to Resolve · waits for the role Asset Manager',
  );
  expect(say({ ...held, state: 'done', status: 'resolved', assignee: null })).toBe('004098 is resolved');
  expect(say(null)).toBe('004098 has left your hands');
});

test('what comes next is known also when no step is left or chosen', () => {
  const none = { next: [], state: 'done', status: 'resolved' } as const;
  expect(upcomingOf({ ...none, next: [] }, '2026-11-26T10:00:00.000Z')).toMatchObject([
    { what: 'It closes by itself' },
  ]);
  expect(upcomingOf({ ...none, next: [], state: 'unrouted', status: 'open' }, null)).toMatchObject([{ at: null }]);
  expect(upcomingOf({ ...none, next: [], status: 'closed' }, null)).toEqual([]);
});
