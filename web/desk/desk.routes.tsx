import type { RouteDefinition } from '@solidjs/router';

/** Pages under /desk. */
export const deskRoutes: RouteDefinition[] = [];
