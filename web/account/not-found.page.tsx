import { A } from '@solidjs/router';
import { Title } from '../ui/title.tsx';
import { useSigned } from './gate.tsx';
import { PlainShell } from './plain-shell.tsx';

export default function NotFoundPage() {
  const me = useSigned();
  return (
    <PlainShell me={me()}>
      <Title of="Not found" />
      <h1>There is no page here</h1>
      <p>The address may be mistyped, or the page was moved.</p>
      <p>
        <A class="btn primary" href="/">
          Go to your own pages
        </A>
      </p>
    </PlainShell>
  );
}
