import type { RouteSectionProps } from '@solidjs/router';
import { Allowed } from '../account/gate.tsx';
import { TrackingFrame } from './tracking-frame.tsx';

export default function DeskLayout(props: RouteSectionProps) {
  return (
    <Allowed system="tts">
      <TrackingFrame>{props.children}</TrackingFrame>
    </Allowed>
  );
}
