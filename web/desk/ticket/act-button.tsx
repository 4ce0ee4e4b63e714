import Check from 'lucide-solid/icons/check';
import CornerUpLeft from 'lucide-solid/icons/corner-up-left';
import MessageSquarePlus from 'lucide-solid/icons/message-square-plus';
import UserRoundCheck from 'lucide-solid/icons/user-round-check';
import { Show } from 'solid-js';
import type { TaskAction } from '../../../api/tracking/task.schema.ts';
import { Button } from '../../ui/button.tsx';
import type { LucideIcon } from '../../ui/icon.tsx';

const icons: Record<TaskAction['direction'], LucideIcon> = {
  forward: Check,
  back: CornerUpLeft,
  take: UserRoundCheck,
};

interface ActButtonProps {
  action: TaskAction;
  main: boolean;
  busy: boolean;
  blockedBy: string | undefined;
  onAct: () => void;
  onAddNote: () => void;
}

/** The button of one action: a transition of the step, or taking it over. Where a note may be written, a second one asks for it. */
export const ActButton = (props: ActButtonProps) => {
  const kind = () => (props.main ? 'primary' : props.action.direction === 'back' ? 'danger' : undefined);
  const takesNote = () => props.action.note === 'optional' && props.blockedBy === undefined;
  return (
    <span class="act" classList={{ split: takesNote() }}>
      <Button
        kind={kind()}
        icon={icons[props.action.direction]}
        title={props.action.leadsTo}
        busy={props.busy}
        blockedBy={props.blockedBy}
        onClick={props.onAct}
      >
        {props.action.name}
      </Button>
      <Show when={takesNote()}>
        <Button
          kind={kind()}
          square
          icon={MessageSquarePlus}
          label={`${props.action.name} with a note`}
          onClick={props.onAddNote}
        />
      </Show>
    </span>
  );
};
