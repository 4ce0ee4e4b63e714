import Clock from 'lucide-solid/icons/clock';
import Hourglass from 'lucide-solid/icons/hourglass';
import OctagonAlert from 'lucide-solid/icons/octagon-alert';
import Pause from 'lucide-solid/icons/pause';
import { type SlaTone, slaOf } from '../lib/sla.ts';
import { fullMoment, now } from '../lib/time.ts';
import { Icon, type LucideIcon } from './icon.tsx';

const glyphs: Record<SlaTone, LucideIcon> = { ok: Clock, warn: Hourglass, bad: OctagonAlert, paused: Pause };

/** The time left, in words and with an icon: clock, hourglass from 80 % on, octagon when overdue, pause on hold. */
export const Sla = (props: { from: string | null; due: string; paused?: boolean }) => {
  const state = () => slaOf(props, now());
  return (
    <span class={`sla ${state().tone}`} title={`Due ${fullMoment(props.due)}`}>
      <Icon of={glyphs[state().tone]} />
      {state().words}
    </span>
  );
};
