import { fullMoment, now, shortAgo, shortMoment, since, until } from '../lib/time.ts';

const looks = { ago: shortAgo, since, until, moment: shortMoment } as const;

/** A moment in words that are kept up to date while the page is open; the full date on hover. */
export const Time = (props: { at: string; as?: keyof typeof looks; class?: string }) => (
  <time datetime={props.at} title={fullMoment(props.at)} class={props.class}>
    {looks[props.as ?? 'since'](props.at, now())}
  </time>
);
