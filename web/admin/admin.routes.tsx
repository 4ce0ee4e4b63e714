import type { RouteDefinition } from '@solidjs/router';
import { lazy } from 'solid-js';

/** Pages under /admin. */
export const adminRoutes: RouteDefinition[] = [
  {
    path: '/admin',
    component: lazy(() => import('./admin.layout.tsx')),
    children: [
      { path: '/', component: lazy(() => import('./overview/overview.page.tsx')) },
      { path: '/tickets', component: lazy(() => import('./tickets.page.tsx')) },
      { path: '/tickets/:number/workflow', component: lazy(() => import('./ticket-in-temporal.page.tsx')) },
      { path: '/unrouted', component: lazy(() => import('./unrouted.page.tsx')) },
      { path: '/not-opened', component: lazy(() => import('./not-opened.page.tsx')) },
      { path: '/workflows', component: lazy(() => import('./workflows.page.tsx')) },
    ],
  },
];
