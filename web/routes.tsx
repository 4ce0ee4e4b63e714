import type { RouteDefinition } from '@solidjs/router';
import { lazy } from 'solid-js';
import { Gate } from './account/gate.tsx';
import { adminRoutes } from './admin/admin.routes.tsx';
import { deskRoutes } from './desk/desk.routes.tsx';
import { portalRoutes } from './portal/portal.routes.tsx';
import { reviewRoutes } from './review/review.routes.tsx';

export const routes: RouteDefinition[] = [
  { path: '/sign-in', component: lazy(() => import('./account/sign-in.page.tsx')) },
  {
    path: '/',
    component: Gate,
    children: [
      { path: '/', component: lazy(() => import('./account/landing.page.tsx')) },
      { path: '/systems', component: lazy(() => import('./account/systems.page.tsx')) },
      {
        path: '/:system',
        matchFilters: { system: ['ams', 'bms'] },
        component: lazy(() => import('./account/coming-soon.page.tsx')),
      },
      ...portalRoutes,
      ...reviewRoutes,
      ...deskRoutes,
      ...adminRoutes,
      { path: '*', component: lazy(() => import('./account/not-found.page.tsx')) },
    ],
  },
];
