import { beforeAll, describe, expect, test } from 'vitest';
import { type StoredHistory, storedHistories } from '../../tests/replay.ts';
import type { Pinned } from '../../workflows/ticket/rules/lifecycle.ts';
import { submitted, type TicketState } from '../../workflows/ticket/rules/state.ts';
import { type RunStory, storyOf } from './history.ts';
import { type RetoldChange, retold } from './retell.ts';
import { Unmendable } from './unmendable.ts';

let histories: StoredHistory[];
beforeAll(async () => {
  histories = await storedHistories();
});

const storyNamed = (name: string): RunStory => {
  const stored = histories.find((history) => history.name === name);
  return storyOf(stored?.history.events ?? []);
};

const retell = ({ from, steps, pins }: RunStory): RetoldChange[] => {
  let before: TicketState = from;
  const findPinned = (id: number): Pinned => {
    const pinned = pins.find(({ workflowVersionId }) => workflowVersionId === id);
    if (!pinned) throw new Unmendable(`workflow version ${id} is lost`);
    return pinned;
  };
  return steps.map((step) => {
    const change = retold(before, step, findPinned);
    before = change.state;
    return change;
  });
};

const kindsOf = (changes: RetoldChange[]) => changes.map(({ story }) => story.map(({ kind }) => kind).join(' '));

describe('the history of a workflow tells the story of its ticket:', () => {
  const routed = 'opened routed step_entered';
  const onward = 'step_done step_entered';
  test.each([
    ['ticket-full-story', [routed, onward, onward, onward, onward, 'step_done resolved', 'closed']],
    ['ticket-rejected', ['refused']],
    ['ticket-withdrawn', [routed, onward, 'withdrawn']],
    ['ticket-unrouted', ['opened unrouted', 'routed step_entered', onward]],
    ['ticket-auto-closed', [routed, 'overdue', onward, 'step_done resolved', 'closed']],
    ['ticket-members-changed', [routed, onward, '', '', onward]],
    ['ticket-resumed', ['overdue']],
  ])('%s', (name, kinds) => {
    expect(kindsOf(retell(storyNamed(name)))).toEqual(kinds);
  });

  test('with who commanded, and what the workflow did by itself', () => {
    const changes = retell(storyNamed('ticket-auto-closed'));
    expect(changes.map(({ actorId }) => actorId !== null)).toEqual([true, false, true, true, false]);
  });

  test('with the moment of each change, which its deadlines were set by', () => {
    const { pins, steps } = storyNamed('ticket-full-story');
    for (const { at, state } of retell({ from: submitted, before: null, pins, steps })) {
      const step = steps.find((candidate) => candidate.state.version === state.version);
      expect(at).toBe(step?.at);
    }
  });
});

describe('a story is not told', () => {
  const broken: [string, string, (story: RunStory) => RunStory][] = [
    [
      'where a version is missing',
      'no record of version 3',
      (story) => ({ ...story, steps: story.steps.toSpliced(2, 1) }),
    ],
    [
      'where nobody knows who commanded',
      'no record of what made version 2',
      ({ steps, ...story }) => ({
        ...story,
        steps: steps.map((step) => ({ ...step, command: step.state.version === 2 ? null : step.command })),
      }),
    ],
    [
      'where a state does not follow from the one before',
      'version 3 does not follow',
      ({ steps, ...story }) => ({
        ...story,
        steps: steps.map((step) => (step.state.version === 3 ? { ...step, state: { ...step.state, visit: 7 } } : step)),
      }),
    ],
    [
      'where a command is one that the step has not',
      'follows no rule',
      ({ steps, ...story }) => ({
        ...story,
        steps: steps.map((step) =>
          step.command?.kind === 'act' ? { ...step, command: { ...step.command, transition: 'fly' } } : step,
        ),
      }),
    ],
    ['where its workflow is lost', 'is lost', (story) => ({ ...story, pins: [] })],
  ];
  test.each(broken)('%s', (_, message, breaks) => {
    const story = breaks(storyNamed('ticket-full-story'));
    expect(() => retell(story)).toThrow(Unmendable);
    expect(() => retell(story)).toThrow(message);
  });

  test('where the workflow itself had lost a step', () => {
    expect(() => retell(storyNamed('ticket-caught-up'))).toThrow('no record of what made version');
  });
});
