import { Navigate } from '@solidjs/router';
import { landingOf } from '../lib/session.ts';
import { useSigned } from './gate.tsx';

export default function LandingPage() {
  const me = useSigned();
  return <Navigate href={landingOf(me())} />;
}
