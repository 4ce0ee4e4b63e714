import type { RouteDefinition } from '@solidjs/router';
import { lazyPage } from '../lib/lazy-page.tsx';

/** Pages under /admin. */
export const adminRoutes: RouteDefinition[] = [
  {
    path: '/admin',
    component: lazyPage(() => import('./admin.layout.tsx')),
    children: [
      { path: '/', component: lazyPage(() => import('./overview/overview.page.tsx')) },
      { path: '/tickets', component: lazyPage(() => import('./tickets.page.tsx')) },
      { path: '/tickets/:number/workflow', component: lazyPage(() => import('./ticket-in-temporal.page.tsx')) },
      { path: '/unrouted', component: lazyPage(() => import('./unrouted.page.tsx')) },
      { path: '/not-opened', component: lazyPage(() => import('./not-opened.page.tsx')) },
      { path: '/workflows', component: lazyPage(() => import('./workflows.page.tsx')) },
    ],
  },
];
