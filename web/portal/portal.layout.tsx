import type { RouteSectionProps } from '@solidjs/router';
import { Allowed, useSigned } from '../account/gate.tsx';
import { PortalShell } from './portal-shell.tsx';
import './portal.css';
import './home.css';
import './ticket-card.css';

export default function PortalLayout(props: RouteSectionProps) {
  const me = useSigned();
  return (
    <Allowed system="hdts">
      <PortalShell me={me()} {...props} />
    </Allowed>
  );
}
