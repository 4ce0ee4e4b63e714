import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import type { JSX } from 'solid-js';
import { Icon } from './icon.tsx';

const glyphs = { info: Info, warn: TriangleAlert, bad: CircleAlert, good: CircleCheck } as const;

/** A box inside the page, for what remains true. With `alert`, screen readers read it aloud when it appears. */
export const Banner = (props: {
  tone: keyof typeof glyphs;
  alert?: boolean;
  class?: string;
  children: JSX.Element;
}) => (
  <div class={`notice ${props.tone} ${props.class ?? ''}`} role={props.alert ? 'alert' : undefined}>
    <Icon of={glyphs[props.tone]} />
    <div>{props.children}</div>
  </div>
);
