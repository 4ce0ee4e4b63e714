import type { RouteDefinition } from '@solidjs/router';
import { lazyPage } from '../lib/lazy-page.tsx';

/** Pages under /desk. */
export const deskRoutes: RouteDefinition[] = [
  {
    path: '/desk',
    component: lazyPage(() => import('./desk.layout.tsx')),
    children: [
      { path: '/', component: lazyPage(() => import('./queue/mine.page.tsx')) },
      { path: '/done', component: lazyPage(() => import('./queue/done.page.tsx')) },
      { path: '/role', component: lazyPage(() => import('./queue/role.page.tsx')) },
      { path: '/tickets/:number', component: lazyPage(() => import('./ticket/ticket.page.tsx')) },
    ],
  },
];
