// Before every component's own style: it declares the order of the layers.
import './ui/tokens.css';

import { Router } from '@solidjs/router';
import { QueryClientProvider } from '@tanstack/solid-query';
import { ErrorBoundary, type ParentProps, Suspense } from 'solid-js';
import { render } from 'solid-js/web';
import { z } from 'zod';
import { Broken } from './account/broken.tsx';
import { keepFocus } from './lib/focus-keeper.ts';
import { hearSilentFilling } from './lib/hear-silent-filling.ts';
import { askBeforeLeaving, loadWhenBroughtBack } from './lib/leave-page.ts';
import { createQueryClient } from './lib/query-client.ts';
import { routes } from './routes.tsx';
import { Arrival } from './ui/arrival.tsx';
import { Toasts } from './ui/toast.tsx';
import './ui/base.css';
import './ui/parts.css';
import './ui/shells.css';
import './ui/trouble.css';
import './account/account.css';

// The content security policy forbids code that is made while the page runs, and Zod would try whether it does.
z.config({ jitless: true });
askBeforeLeaving();
loadWhenBroughtBack();
keepFocus();
const client = createQueryClient();

const Root = (props: ParentProps) => (
  <ErrorBoundary fallback={(error: unknown) => <Broken error={error} />}>
    <Suspense>{props.children}</Suspense>
    <Arrival />
    <Toasts />
  </ErrorBoundary>
);

hearSilentFilling(document);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

render(
  () => (
    <QueryClientProvider client={client}>
      <Router root={Root}>{routes}</Router>
    </QueryClientProvider>
  ),
  root,
);
