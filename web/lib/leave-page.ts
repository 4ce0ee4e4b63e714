import { isAnythingKept } from './kept-text.ts';

let isMeant = false;

/** The browser asks before a tab is closed or left in which somebody has written something. */
export const askBeforeLeaving = (): void =>
  addEventListener('beforeunload', (event) => {
    if (!isMeant && isAnythingKept()) event.preventDefault();
  });

/** Loads the page again. What is written is kept, so there is nothing to ask. */
export const loadAgain = (): void => {
  isMeant = true;
  location.reload();
};

/** Leaves with everything that the page holds in memory. The browser asks first when something is written. */
export const leaveTo = (address: string): void => location.assign(address);

/** A page that the browser brings back from its memory may be that of somebody who has signed out since. */
export const loadWhenBroughtBack = (): void =>
  addEventListener('pageshow', (event) => {
    if (event.persisted) loadAgain();
  });
