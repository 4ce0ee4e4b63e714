import type { RouteSectionProps } from '@solidjs/router';
import { Allowed } from '../account/gate.tsx';
import { TrackingFrame } from '../desk/tracking-frame.tsx';
import './admin.css';

export default function AdminLayout(props: RouteSectionProps) {
  return (
    <Allowed system="tts" roles={['admin']}>
      <TrackingFrame>{props.children}</TrackingFrame>
    </Allowed>
  );
}
