import { authRoutes } from './auth/auth.routes.ts';
import { findPeople } from './auth/find-people.service.ts';
import { createPeopleRoutes } from './auth/people.routes.ts';
import { createCommandRoutes } from './commands/command.routes.ts';
import { createSendCommand } from './commands/send-command.ts';
import type { Context } from './context.ts';
import { surroundings } from './desk/conversation.ts';
import { createTaskPageRoutes } from './desk/task-page.routes.ts';
import { createHelpdeskRoutes, createReadTicket } from './helpdesk/helpdesk.routes.ts';
import { createTicketSearch } from './helpdesk/search/ticket-search.ts';
import { createBase } from './http/base.ts';
import { servePages } from './http/pages.ts';
import { createPersonLimits } from './http/rate-limit-person.ts';
import { assertGuarded } from './http/router.ts';
import { createMessagingRoutes } from './messaging/messaging.routes.ts';
import { createNotificationRoutes } from './notification/notification.routes.ts';
import { createHealthRoutes } from './operations/health.routes.ts';
import type { Metrics } from './operations/metrics/metrics.ts';
import { createTrackingRoutes } from './tracking/tracking.routes.ts';

/** The whole API and the pages. @throws Error that names each route without a policy. */
export const createApp = (context: Context, metrics?: Metrics) => {
  const readTicket = createReadTicket(context.config);
  const search = createTicketSearch(findPeople);
  const limits = createPersonLimits(context.config);
  const app = createBase(context, metrics);
  const routes = app
    .route('/', createHealthRoutes())
    .route('/api', authRoutes)
    .route('/api', createPeopleRoutes(limits))
    .route('/', createHelpdeskRoutes(readTicket, search, limits))
    .route('/', createTrackingRoutes(search, limits))
    .route('/', createTaskPageRoutes(readTicket))
    .route('/', createCommandRoutes(createSendCommand(context), limits))
    .route('/', createMessagingRoutes(surroundings, limits))
    .route('/', createNotificationRoutes());
  assertGuarded(app);
  servePages(app, context.config.WEB_DIST);
  return routes;
};

/** What the pages' client is made of. */
export type App = ReturnType<typeof createApp>;
