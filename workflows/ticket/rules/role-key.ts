/**
 * The key of a role, made from its first name. A key maps to itself, so this also upgrades states and definitions that
 * referred to roles by name. Migration 0018 does the same in SQL.
 */
export const roleKeyOf = (name: string): string => name.replaceAll(/[^a-zA-Z0-9]+/g, '_').toLowerCase();

/** "Asset Manager" for `asset_manager`, for sentences where the role's current name is not known. */
export const readableRole = (key: string): string =>
  key
    .split('_')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join(' ')
    .trim() || key;
