// A command's input besides version and note, declared as data: the workflow checks it, and the API makes its Zod schema
// from it. We keep Zod out of the sandbox: loading it cost 10 ms and 1 MB for each ticket workflow.

export interface OneOf<Words extends readonly string[] = readonly string[]> {
  type: 'oneOf';
  words: Words;
  /** The message when it is missing: "Choose a priority." */
  missing: string;
}
export interface Id {
  type: 'id';
  /** What the id refers to. The API checks that it exists before it sends the command. */
  of?: 'publishedVersion';
}
export interface Key {
  type: 'key';
}
export type Field = OneOf | Id | Key;
export type Fields = Record<string, Field>;

export type ValueOf<Of extends Field> = Of extends OneOf<infer Words> ? Words[number] : Of extends Id ? number : string;
/** The values of these fields. */
export type InputOf<Of extends Fields> = { [Name in keyof Of]: ValueOf<Of[Name]> };

export const oneOf = <const Words extends readonly string[]>(words: Words, missing: string): OneOf<Words> => ({
  type: 'oneOf',
  words,
  missing,
});
/** The id of a published version of a workflow definition. */
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
