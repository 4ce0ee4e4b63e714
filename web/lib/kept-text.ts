/**
 * What somebody has written and not sent is kept in this tab, under their user id: it is there again after a reload, after
 * signing in again, and when its dialog is opened again. Nobody else gets it.
 */
const prefix = 'kept:';
const ownPrefix = (userId: number): string => `${prefix}${userId}:`;

const names = (): string[] =>
  Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index) ?? '').filter((name) =>
    name.startsWith(prefix),
  );

const remove = (which: (name: string) => boolean): void => {
  for (const name of names().filter(which)) sessionStorage.removeItem(name);
};

/** Something that a user of this tab has written in one place, for example in the dialog of one ticket. */
export const keptIn = (userId: number, place: string) => {
  const name = ownPrefix(userId) + place;
  return {
    /** What was written here; null when there is nothing that this page can read. */
    read: (): unknown => {
      const text = sessionStorage.getItem(name);
      if (text === null) return null;
      try {
        return JSON.parse(text);
      } catch {
        // Not ours, or written by an older page: the field opens empty.
        return null;
      }
    },
    keep: (value: unknown): void => sessionStorage.setItem(name, JSON.stringify(value)),
    forget: (): void => sessionStorage.removeItem(name),
  };
};

/** Whether anything would be lost with this tab. */
export const isAnythingKept = (): boolean => names().length > 0;

export const forgetEverything = (): void => remove(() => true);

/** What others wrote in this tab. */
export const forgetOthers = (userId: number): void => remove((name) => !name.startsWith(ownPrefix(userId)));
