import type { RouteDefinition } from '@solidjs/router';
import { Gate } from './account/gate.tsx';
import { adminRoutes } from './admin/admin.routes.tsx';
import { deskRoutes } from './desk/desk.routes.tsx';
import { lazyPage } from './lib/lazy-page.tsx';
import { portalRoutes } from './portal/portal.routes.tsx';
import { reviewRoutes } from './review/review.routes.tsx';

export const routes: RouteDefinition[] = [
  { path: '/sign-in', component: lazyPage(() => import('./account/sign-in.page.tsx')) },
  {
    path: '/',
    component: Gate,
    children: [
      { path: '/', component: lazyPage(() => import('./account/landing.page.tsx')) },
      { path: '/systems', component: lazyPage(() => import('./account/systems.page.tsx')) },
      {
        path: '/:system',
        matchFilters: { system: ['ams', 'bms'] },
        component: lazyPage(() => import('./account/coming-soon.page.tsx')),
      },
      ...portalRoutes,
      ...reviewRoutes,
      ...deskRoutes,
      ...adminRoutes,
      { path: '*', component: lazyPage(() => import('./account/not-found.page.tsx')) },
    ],
  },
];
