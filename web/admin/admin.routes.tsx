import type { RouteDefinition } from '@solidjs/router';

/** Pages under /admin. */
export const adminRoutes: RouteDefinition[] = [];
