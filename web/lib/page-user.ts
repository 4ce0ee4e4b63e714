import { createSignal } from 'solid-js';
import { forgetOthers } from './kept-text.ts';

/** For whom this page was made; null while nobody is signed in. */
export interface PageUser {
  id: number;
  name: string;
  email: string;
}

const [pageUser, setPageUser] = createSignal<PageUser | null>(null);

export { pageUser };

/** Once made, a page stays with its user; who comes after them starts without what they wrote. */
export const makePageFor = (user: PageUser | null): void => {
  if (user) forgetOthers(user.id);
  setPageUser(user);
};
