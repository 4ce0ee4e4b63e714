import type { TaskView } from '../../../api/tracking/task.schema.ts';
import { duration, shortMoment } from '../../lib/time.ts';
import type { StepBarStep } from '../../ui/step-bar.tsx';

type TaskStep = TaskView['stages'][number];

/** The large line: who had each step and how long, who has it until when, who comes next. */
export const stepBarOf = (task: Pick<TaskView, 'stages' | 'assignee'>, me: number, now: number): StepBarStep[] =>
  task.stages.map((stage) => ({
    name: stage.name,
    state: stage.state,
    detail: stepDetail(stage, now),
    badge: stage.state === 'now' ? (task.assignee?.id === me ? 'Now, with you' : 'Now') : undefined,
  }));

const stepDetail = (stage: TaskStep, now: number): string => {
  const parts: (string | false | null)[] = {
    done: [stage.assignee ?? stage.role, ...doneParts(stage, now)],
    now: [
      stage.assignee ?? `Waits for the role ${stage.role}`,
      stage.dueAt !== null && `${Date.parse(stage.dueAt) < now ? 'was due' : 'due'} ${shortMoment(stage.dueAt, now)}`,
    ],
    next: [stage.role, stage.assignee !== null && `was with ${stage.assignee}`],
  }[stage.state];
  return parts.filter(Boolean).join(', ');
};

const doneParts = (stage: TaskStep, now: number): string[] => {
  if (stage.leftAt === null) return [];
  const done = `done ${shortMoment(stage.leftAt, now)}`;
  if (stage.enteredAt === null) return [done];
  const took = Date.parse(stage.leftAt) - Date.parse(stage.enteredAt);
  return [done, took < 60_000 ? 'took less than 1 m' : `took ${duration(took)}`];
};
