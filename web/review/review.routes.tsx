import type { RouteDefinition } from '@solidjs/router';

/** Pages under /review. */
export const reviewRoutes: RouteDefinition[] = [];
