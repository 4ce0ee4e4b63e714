// What a command takes besides version and note, declared as data: the workflow checks it, and the API makes its schema of
// it. The sandbox has no Zod: loading it there cost 10 ms and 1 MB for each ticket workflow.

export interface OneOf<Words extends readonly string[] = readonly string[]> {
  type: 'oneOf';
  words: Words;
  /** What to do, for people who left it out: "Choose a priority." */
  missing: string;
}
export interface Id {
  type: 'id';
  /** What must be there under the id: the API looks before it asks the workflow. */
  of?: 'publishedVersion';
}
export interface Key {
  type: 'key';
}
export type Field = OneOf | Id | Key;
export type Fields = Record<string, Field>;

export type ValueOf<Of extends Field> = Of extends OneOf<infer Words> ? Words[number] : Of extends Id ? number : string;
/** What a sender gives for these fields. */
export type InputOf<Of extends Fields> = { [Name in keyof Of]: ValueOf<Of[Name]> };

export const oneOf = <const Words extends readonly string[]>(words: Words, missing: string): OneOf<Words> => ({
  type: 'oneOf',
  words,
  missing,
});
/** The id of a version of a workflow definition that new tickets may get now. */
export const publishedVersion: Id = { type: 'id', of: 'publishedVersion' };
/** The key of a step, a transition and the like. */
export const key: Key = { type: 'key' };

export const largestId = 2_147_483_647;
export const longestKey = 64;

export const isWhole = (value: unknown, least: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= largestId;

/** Whether this is a value for the field. */
export const fits = (field: Field, value: unknown): boolean => {
  switch (field.type) {
    case 'oneOf':
      return typeof value === 'string' && field.words.includes(value);
    case 'id':
      return isWhole(value, 1);
    case 'key':
      return typeof value === 'string' && value.length >= 1 && value.length <= longestKey;
  }
};
