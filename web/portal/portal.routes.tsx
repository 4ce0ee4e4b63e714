import type { RouteDefinition } from '@solidjs/router';
import { lazyPage } from '../lib/lazy-page.tsx';

/** Pages under /help. */
export const portalRoutes: RouteDefinition[] = [
  {
    path: '/help',
    component: lazyPage(() => import('./portal.layout.tsx')),
    children: [
      { path: '/', component: lazyPage(() => import('./home.page.tsx')) },
      { path: '/new', component: lazyPage(() => import('./choose-category.page.tsx')) },
      { path: '/new/:category', component: lazyPage(() => import('./submit/submit.page.tsx')) },
      { path: '/tickets', component: lazyPage(() => import('./tickets.page.tsx')) },
      { path: '/tickets/:number', component: lazyPage(() => import('./ticket.page.tsx')) },
    ],
  },
];
