import type { RouteDefinition } from '@solidjs/router';
import { lazyPage } from '../lib/lazy-page.tsx';

/** Pages under /review. */
export const reviewRoutes: RouteDefinition[] = [
  {
    path: '/review',
    component: lazyPage(() => import('./review.layout.tsx')),
    children: [{ path: '/:number?', component: lazyPage(() => import('./review.page.tsx')) }],
  },
];
