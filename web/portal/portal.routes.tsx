import type { RouteDefinition } from '@solidjs/router';
import { lazy } from 'solid-js';

/** Pages under /help. */
export const portalRoutes: RouteDefinition[] = [
  {
    path: '/help',
    component: lazy(() => import('./portal.layout.tsx')),
    children: [
      { path: '/', component: lazy(() => import('./home.page.tsx')) },
      { path: '/new', component: lazy(() => import('./choose-category.page.tsx')) },
      { path: '/new/:category', component: lazy(() => import('./submit/submit.page.tsx')) },
      { path: '/tickets', component: lazy(() => import('./tickets.page.tsx')) },
      { path: '/tickets/:number', component: lazy(() => import('./ticket.page.tsx')) },
    ],
  },
];
