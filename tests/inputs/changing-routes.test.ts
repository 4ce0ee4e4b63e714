import { testRoutes } from './generator/all-routes.ts';

// Here and not in a hook: which tests there are follows from the document of the running API.
await testRoutes('changing');
