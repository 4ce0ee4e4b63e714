/**
 * The key that a role gets from the name it is made with. A key stays itself, so this also brings states and definitions
 * up to date that were written when roles were referred to by name. Migration 0018 does the same in SQL.
 */
export const roleKeyOf = (name: string): string => name.replaceAll(/[^a-zA-Z0-9]+/g, '_').toLowerCase();

/** "Asset Manager" for `asset_manager`: for sentences that are written where the role's name of today is not at hand. */
export const readableRole = (key: string): string =>
  key
    .split('_')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join(' ')
    .trim() || key;
