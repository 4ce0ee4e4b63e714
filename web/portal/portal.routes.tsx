import type { RouteDefinition } from '@solidjs/router';

/** Pages under /help. */
export const portalRoutes: RouteDefinition[] = [];
