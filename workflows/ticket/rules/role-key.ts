/**
 * The key that a role gets from its name: `Asset Manager` is `asset_manager`. A key stays what it is, so that states and
 * definitions that still hold names can be brought up to date more than once.
 */
export const roleKeyOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');

/** A role's key as a person reads it, where the role's name is not at hand: `asset_manager` is "Asset Manager". */
export const readableRole = (key: string): string =>
  key
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ');
