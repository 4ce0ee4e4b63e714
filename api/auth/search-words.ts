import { folded, takenApart } from '../db/search/folded.ts';

// Each word of a name and the address begin after a space, so that a word is found by its beginning. The domain of an address is
// not: it is the same for everybody.

interface Named {
  firstName: string;
  middleName?: string | null;
  lastName: string;
  suffix?: string | null;
  email: string;
}

export const betweenNameAndAddress = '\u001f';

/** What a search reads of a person: the name, with hyphens and apostrophes both left out and taken apart, and the address. */
export const searchWordsOf = ({ firstName, middleName, lastName, suffix, email }: Named): string => {
  const name = [firstName, middleName, lastName, suffix].filter(Boolean).join(' ');
  const words = new Set([...folded(name).split(' '), ...takenApart(name).split(' ')]);
  return ` ${[...words].join(' ')}${betweenNameAndAddress} ${folded(email)}`;
};
