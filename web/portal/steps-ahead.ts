import { autoCloseWords } from '../../workflows/ticket/rules/sla.ts';
import type { Category } from '../../workflows/ticket/rules/words.ts';

/** What a step of a request is called, and what the requester may expect of it. */
interface StepAhead {
  title: string;
  detail: string;
}

export const reviewStep: StepAhead = {
  title: 'A coordinator reads it',
  detail: 'And passes it to the right team, or tells you why not.',
};

const workDetail = 'You see who has it, and until when.';

export const confirmStep: StepAhead = {
  title: 'You say when it is done',
  detail: `After ${autoCloseWords} we take silence as a yes.`,
};

/** The steps of any request, for the home page. */
export const requestStepsAhead: readonly StepAhead[] = [
  { title: 'You send it', detail: 'A number comes at once.' },
  reviewStep,
  { title: 'Somebody works on it', detail: workDetail },
  confirmStep,
];

const workTitles: Record<Category, string> = {
  it_support: 'The right team works on it',
  asset_check_out: 'An Asset Manager prepares the device',
  asset_check_in: 'An Asset Manager takes it back',
  budget_proposal: 'A Budget Manager looks at it',
  general_request: 'The right team works on it',
};

/** The steps that follow when a form of this category is sent. */
export const formStepsAhead = (category: Category): readonly StepAhead[] => [
  { title: 'You get a number', detail: 'At once. Each change after that comes here and by mail.' },
  reviewStep,
  { title: workTitles[category], detail: workDetail },
  confirmStep,
];
