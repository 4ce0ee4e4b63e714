import { useNavigate } from '@solidjs/router';
import { useSigned } from '../../account/gate.tsx';
import { listHref, type TaskFilter, ticketHref } from '../task-filter.ts';
import { tasksOf, useTasks } from '../tasks.data.ts';
import { afterAct, ticketAfter } from './after-act.ts';

/** The id of the heading with the ticket's subject. */
export const subjectId = 'subject';

/** The button that was pressed is gone after an act, and the focus would be gone with it. */
export const focusSubject = (): void => {
  requestAnimationFrame(() => document.getElementById(subjectId)?.focus({ preventScroll: true }));
};

let isGoingOn = false;

/** To call when a ticket is shown: after an act on another ticket, it takes the focus. */
export const arriveAtTicket = (): void => {
  if (isGoingOn) focusSubject();
  isGoingOn = false;
};

/** To call before an act on this ticket, because the act may take it off its list. The result goes on. */
export type GoOn = (number: string) => () => void;

/** Goes on after an act as the person has chosen: to the next ticket of the list, to the list, or not at all. */
export const useGoOn = (filter: () => TaskFilter): GoOn => {
  const me = useSigned();
  const navigate = useNavigate();
  const tasks = useTasks(filter);
  return (number) => {
    const numbers = tasks.isSuccess ? tasksOf(tasks.data).map((row) => row.number) : [];
    const next = ticketAfter(numbers, number);
    return () => {
      const choice = afterAct(me().user.id);
      if (choice === 'list' || (choice === 'next' && next === null)) navigate(listHref(filter()));
      else {
        isGoingOn = choice === 'next' && next !== null;
        if (choice === 'next' && next !== null) navigate(ticketHref(next, filter()));
        else focusSubject();
      }
    };
  };
};
