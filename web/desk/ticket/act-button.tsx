import Check from 'lucide-solid/icons/check';
import CornerUpLeft from 'lucide-solid/icons/corner-up-left';
import UserRoundCheck from 'lucide-solid/icons/user-round-check';
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
}

/** The button of one action: a transition of the step, or taking it over. */
export const ActButton = (props: ActButtonProps) => (
  <Button
    kind={props.main ? 'primary' : props.action.direction === 'back' ? 'danger' : undefined}
    icon={icons[props.action.direction]}
    title={props.action.leadsTo}
    busy={props.busy}
    blockedBy={props.blockedBy}
    onClick={props.onAct}
  >
    {props.action.name}
  </Button>
);
