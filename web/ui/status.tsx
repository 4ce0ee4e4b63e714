import Archive from 'lucide-solid/icons/archive';
import Circle from 'lucide-solid/icons/circle';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import CircleDot from 'lucide-solid/icons/circle-dot';
import CircleMinus from 'lucide-solid/icons/circle-minus';
import CirclePause from 'lucide-solid/icons/circle-pause';
import CircleX from 'lucide-solid/icons/circle-x';
import Clock from 'lucide-solid/icons/clock';
import type { Status as StatusCode } from '../../workflows/ticket/rules/words.ts';
import { requesterStatusWords, statusWords } from '../lib/labels.ts';
import { Icon, type LucideIcon } from './icon.tsx';

export const statusIcons: Record<StatusCode, LucideIcon> = {
  new: CircleDashed,
  open: Circle,
  in_progress: CircleDot,
  on_hold: CirclePause,
  pending: Clock,
  resolved: CircleCheck,
  closed: Archive,
  rejected: CircleX,
  withdrawn: CircleMinus,
};

/** Icon and word, never the icon alone. `plain` uses the requester's words. */
export const Status = (props: { of: StatusCode; plain?: boolean }) => (
  <span class={`status ${props.of.replace('_', '-')}`}>
    <Icon of={statusIcons[props.of]} />
    {(props.plain ? requesterStatusWords : statusWords)[props.of]}
  </span>
);
