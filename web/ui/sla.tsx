import Clock from 'lucide-solid/icons/clock';
import Hourglass from 'lucide-solid/icons/hourglass';
import OctagonAlert from 'lucide-solid/icons/octagon-alert';
import Pause from 'lucide-solid/icons/pause';
import { type SlaTone, slaOf } from '../lib/sla.ts';
import { fullMoment, now } from '../lib/time.ts';
import { Icon, type LucideIcon } from './icon.tsx';

const glyphs: Record<SlaTone, LucideIcon> = { ok: Clock, warn: Hourglass, bad: OctagonAlert, paused: Pause };

/** Time left, in words and with a glyph of its own: clock, hourglass from 80 %, octagon when over, pause on hold. */
export const Sla = (props: { from: string | null; due: string; paused?: boolean }) => {
  const state = () => slaOf(props, now());
  return (
    <span class={`sla ${state().tone}`} title={`Due ${fullMoment(props.due)}`}>
      <Icon of={glyphs[state().tone]} />
      {state().words}
    </span>
  );
};
