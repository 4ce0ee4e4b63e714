import type { TaskView } from '../../../api/tracking/task.schema.ts';
import { duration, shortMoment } from '../../lib/time.ts';
import type { StepBarStep } from '../../ui/step-bar.tsx';

type TaskStep = TaskView['steps'][number];

/** The steps for the bar: who had each one and how long, who has the current one until when, who comes next. */
export const stepBarOf = (task: Pick<TaskView, 'steps' | 'assignee'>, me: number, now: number): StepBarStep[] =>
  task.steps.map((step) => ({
    name: step.name,
    state: step.state,
    detail: stepDetail(step, now),
    badge: step.state === 'now' ? (task.assignee?.id === me ? 'Now, with you' : 'Now') : undefined,
  }));

const stepDetail = (step: TaskStep, now: number): string => {
  const parts: (string | false | null)[] = {
    done: [step.assignee ?? step.role, ...doneParts(step, now)],
    now: [
      step.assignee ?? `Waits for the role ${step.role}`,
      step.dueAt !== null && `${Date.parse(step.dueAt) < now ? 'was due' : 'due'} ${shortMoment(step.dueAt, now)}`,
    ],
    next: [step.role, step.assignee !== null && `was with ${step.assignee}`],
  }[step.state];
  return parts.filter(Boolean).join(', ');
};

const doneParts = (step: TaskStep, now: number): string[] => {
  if (step.leftAt === null) return [];
  const done = `done ${shortMoment(step.leftAt, now)}`;
  if (step.enteredAt === null) return [done];
  const took = Date.parse(step.leftAt) - Date.parse(step.enteredAt);
  return [done, took < 60_000 ? 'took less than 1 m' : `took ${duration(took)}`];
};
