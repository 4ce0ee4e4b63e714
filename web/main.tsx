import { Router } from '@solidjs/router';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/solid-query';
import { ErrorBoundary, type ParentProps, Suspense } from 'solid-js';
import { render } from 'solid-js/web';
import { Broken } from './account/broken.tsx';
import { isSignedOut } from './lib/api.ts';
import { Problem } from './lib/problem.ts';
import { routes } from './routes.tsx';
import { Arrival } from './ui/arrival.tsx';
import { Toasts } from './ui/toast.tsx';
import './ui/tokens.css';
import './ui/base.css';
import './ui/parts.css';
import './ui/shells.css';
import './account/account.css';

/** When the session has ended elsewhere, the gate sees nobody, opens the sign-in page and comes back afterwards. */
const leaveWhenSignedOut = (error: unknown): void => {
  if (isSignedOut(error)) client.setQueryData(['me'], (me: unknown) => (me ? null : me));
};

/** Asking again does not change a refusal. Only a server that is away or busy is worth a second try. */
const isWorthRetry = (failures: number, error: unknown): boolean =>
  failures < 2 && error instanceof Problem && (error.status === 0 || error.status === 503);

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: { retry: isWorthRetry, staleTime: 5000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

const Root = (props: ParentProps) => (
  <ErrorBoundary fallback={(error: unknown) => <Broken error={error} />}>
    <Suspense>{props.children}</Suspense>
    <Arrival />
    <Toasts />
  </ErrorBoundary>
);

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
