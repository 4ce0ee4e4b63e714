import type { Operation } from './document.ts';
import type { Draft, Mutation } from './draft.ts';
import { addressMutations, elsewhere } from './mutate-address.ts';
import { bodyMutations } from './mutate-body.ts';
import { fieldMutations } from './mutate-fields.ts';
import { anotherMethod, headerMutations } from './mutate-headers.ts';
import type { Random } from './random.ts';

/** Applies one of the mutations; leaves the draft as it is when none of many tries applies. */
const applied = (draft: Draft, mutations: readonly Mutation[], random: Random): Draft => {
  for (let tries = 0; tries < 20; tries += 1) {
    const changed = random.pick(mutations)(draft, random);
    if (changed) return changed;
  }
  return draft;
};

/** Makes something wrong with a request, sometimes two things. */
export const mutator = (operation: Operation) => {
  const fields = fieldMutations(operation);
  const kinds: Mutation[][] = [
    fields,
    operation.body === null ? [] : bodyMutations,
    addressMutations(operation),
    headerMutations(operation),
  ].filter((mutations) => mutations.length > 0);
  const detours = [anotherMethod, elsewhere];
  return (draft: Draft, random: Random): Draft => {
    if (random.chance(10))
      return applied(random.chance(30) ? applied(draft, random.pick(kinds), random) : draft, detours, random);
    const once = applied(draft, random.pick(kinds), random);
    if (!random.chance(20)) return once;
    // Another change of the same field could make the request good again.
    const further = once.mustBeRefused ? kinds.filter((kind) => kind !== fields) : kinds;
    return applied(once, random.pick(further), random);
  };
};
