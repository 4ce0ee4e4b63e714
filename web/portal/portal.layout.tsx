import type { RouteSectionProps } from '@solidjs/router';
import { useSigned } from '../account/gate.tsx';
import { PortalShell } from './portal-shell.tsx';
import './portal.css';
import './home.css';
import './ticket-card.css';

export default function PortalLayout(props: RouteSectionProps) {
  const me = useSigned();
  return <PortalShell me={me()} {...props} />;
}
