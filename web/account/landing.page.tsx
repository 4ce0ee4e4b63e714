import { Navigate } from '@solidjs/router';
import { useSigned } from '../gate.tsx';
import { landingOf } from '../lib/session.ts';

export default function LandingPage() {
  const me = useSigned();
  return <Navigate href={landingOf(me())} />;
}
