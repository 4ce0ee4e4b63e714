import type { RouteDefinition } from '@solidjs/router';
import { lazy } from 'solid-js';

/** Pages under /review. */
export const reviewRoutes: RouteDefinition[] = [
  {
    path: '/review',
    component: lazy(() => import('./review.layout.tsx')),
    children: [{ path: '/:number?', component: lazy(() => import('./review.page.tsx')) }],
  },
];
