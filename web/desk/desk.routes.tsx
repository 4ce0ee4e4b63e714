import type { RouteDefinition } from '@solidjs/router';
import { lazy } from 'solid-js';

/** Pages under /desk. */
export const deskRoutes: RouteDefinition[] = [
  {
    path: '/desk',
    component: lazy(() => import('./desk.layout.tsx')),
    children: [
      { path: '/', component: lazy(() => import('./queue/mine.page.tsx')) },
      { path: '/done', component: lazy(() => import('./queue/done.page.tsx')) },
      { path: '/role', component: lazy(() => import('./queue/role.page.tsx')) },
      { path: '/tickets/:number', component: lazy(() => import('./ticket/ticket.page.tsx')) },
    ],
  },
];
