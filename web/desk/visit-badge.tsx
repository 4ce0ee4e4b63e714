import CornerUpLeft from 'lucide-solid/icons/corner-up-left';
import { Show } from 'solid-js';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { visitWords } from './task-row-words.ts';

export const VisitBadge = (props: { visit: number }) => (
  <Show when={visitWords(props.visit)}>
    {(words) => (
      <Badge>
        <Icon of={CornerUpLeft} />
        {words()}
      </Badge>
    )}
  </Show>
);
