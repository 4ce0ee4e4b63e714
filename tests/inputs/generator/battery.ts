import { differencesSince, type World, worldAtRest } from '../effect.ts';
import type { Campaign } from './campaign.ts';
import type { Draft, Setting } from './draft.ts';
import { readBack } from './read-back.ts';
import { describeShot, isTaken, type Shot, volley } from './volley.ts';

const mostBlamed = 3;

/** Sends drafts and finds what is wrong with their answers and with what they leave behind. */
export const createBattery = ({ target, cast, operations }: Pick<Campaign, 'target' | 'cast' | 'operations'>) => {
  const failures = new Set<string>();
  const setting: Setting = { port: target.port, origin: target.origin, cookies: cast.cookies };
  let world: World | null = null;

  const note = (sentences: readonly (string | null)[]): void => {
    for (const sentence of sentences) if (sentence !== null) failures.add(sentence);
  };

  /** Sends one request again by itself, to see whether it changes anything. */
  const blame = async (draft: Draft): Promise<string | null> => {
    const before = await worldAtRest(target);
    const [shot] = await volley(target, setting, [draft]);
    const differences = await differencesSince(target, before);
    if (!shot || isTaken(shot) || differences.length === 0) return null;
    return describeShot(shot, `It was refused, and yet ${differences.join('; ')}`);
  };

  const blameOneOf = async (drafts: readonly Draft[], differences: string[]): Promise<void> => {
    const blamed: string[] = [];
    for (const draft of drafts) {
      const sentence = blamed.length < mostBlamed ? await blame(draft) : null;
      if (sentence !== null) blamed.push(sentence);
    }
    const together = `After ${drafts.length} refused requests, of which none does it alone: ${differences.join('; ')}`;
    note(blamed.length > 0 ? blamed : [together]);
  };

  const fire = async (drafts: readonly Draft[]): Promise<Shot[]> => {
    await target.context.orm.em.fork().execute('delete from auth.rate_limit');
    world ??= await worldAtRest(target);
    const shots = await volley(target, setting, drafts);
    note(shots.map(({ fault }) => fault));
    const taken = shots.filter(isTaken);
    if (taken.length > 0) {
      world = null;
      note(await readBack(target, setting, operations, taken));
      if (taken.some(({ answer }) => answer?.headers.has('set-cookie'))) await cast.renew();
      // The refused ones are sent again without the accepted ones, to see that they change nothing.
      if (taken.length < drafts.length) await fire(shots.filter((shot) => !isTaken(shot)).map(({ draft }) => draft));
      return shots;
    }
    const differences = await differencesSince(target, world);
    if (differences.length > 0) {
      await blameOneOf(drafts, differences);
      world = null;
    }
    return shots;
  };

  return { fire, failures };
};
