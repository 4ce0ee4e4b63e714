import { testRoutes } from './generator/all-routes.ts';

// Here and not in a hook: the tests are the routes that the running API says it has.
await testRoutes('reading');
