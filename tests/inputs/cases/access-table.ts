/** Who asks, in the order of the columns of the table. */
export const actors = [
  'nobody', // not signed in
  'expired', // whose session is over
  'outsider', // signed in, with roles in other systems only
  'owner', // the employee whose ticket it is
  'employee', // another one
  'coordinator', // reviews
  'hdtsAdmin',
  'assignee', // the agent who holds the step
  'colleague', // of the same role, holds nothing
  'agent', // of another role
  'ttsAdmin',
  'ownAgent', // asks about a ticket of their own, whose step belongs to their role
] as const;
export type ActorName = (typeof actors)[number];

/** Where the ticket stands that is asked about. */
export type Stage = 'none' | 'new' | 'resolve' | 'resolved' | 'unrouted';

export interface Action {
  name: string;
  method: string;
  /** As the document names it. */
  route: string;
  query: string;
  stage: Stage;
  body: object | undefined;
  /** One for each actor. */
  answers: readonly number[];
}

type Row = [name: string, request: string, stage: Stage, answers: string, body?: object];

const tickets = '/api/helpdesk/tickets';
const tasks = '/api/tracking/tasks';
const reason = 'No longer needed.';
const note = 'All in order.';
const talk = '/api/messaging/tickets/{number}';
const messages = '/api/messaging/messages';
const text = 'Is it here yet?';

export const plant = {
  category: 'general_request',
  subject: 'A plant for the hall',
  description: 'One that needs little light and less water.',
};

const everybody = (status: number): string => Array(actors.length).fill(status).join(' ');

// Everybody with an account submits and reads their own; agents of every role see every ticket. Roles open routes; who owns the ticket and who holds its step decide the rest.
// biome-ignore format: a table is read by its columns.
const rows: readonly Row[] = [
  //                                                                      nob exp out own emp coo adm hol col age tts oag
  ['ask whether it lives',              'GET /healthz',                              'none',     everybody(200)],
  ['ask whether it is ready',           'GET /readyz',                               'none',     everybody(200)],
  ['ask what is missing',               'GET /api/operations/readiness',             'none',     '401 401 403 403 403 403 200 403 403 403 200 403'],
  ['ask who they are',                  'GET /api/me',                               'none',     '401 401 200 200 200 200 200 200 200 200 200 200'],
  ['ask whether anybody is signed in',  'GET /api/auth/session',                     'none',     everybody(200)],
  ['submit',                            `POST ${tickets}`,                           'none',     '401 401 201 201 201 201 201 201 201 201 201 201', plant],
  ['list own',                          `GET ${tickets}`,                            'none',     '401 401 200 200 200 200 200 200 200 200 200 200'],
  ['list all that one may see',         `GET ${tickets}?scope=all`,                  'none',     '401 401 200 200 200 200 200 200 200 200 200 200'],
  ['count all that one may see',        `GET ${tickets}/counts?scope=all`,           'none',     '401 401 200 200 200 200 200 200 200 200 200 200'],
  ['read',                              `GET ${tickets}/{number}`,                   'resolve',  '401 401 404 200 404 200 200 200 200 200 200 200'],
  ['read one that nobody has opened',   `GET ${tickets}/{number}`,                   'new',      '401 401 404 200 404 200 200 200 200 200 200 200'],
  ['open',                              `POST ${tickets}/{number}/open`,             'new',      '401 401 403 403 403 200 403 403 403 403 403 403', { priority: 'high', department: 'asset' }],
  ['reject',                            `POST ${tickets}/{number}/reject`,           'new',      '401 401 403 403 403 200 403 403 403 403 403 403', { reason }],
  ['withdraw',                          `POST ${tickets}/{number}/withdraw`,         'resolve',  '401 401 404 200 404 403 403 403 403 403 403 200', { reason }],
  ['confirm',                           `POST ${tickets}/{number}/close`,            'resolved', '401 401 404 200 404 403 403 403 403 403 403 200', {}],
  ['look at the own queue',             `GET ${tasks}`,                              'none',     '401 401 403 403 403 403 403 200 200 200 200 200'],
  ['look at everybody’s queue',         `GET ${tasks}?queue=all`,                    'none',     '401 401 403 403 403 403 403 403 403 403 200 403'],
  ['look at what has no workflow',      `GET ${tasks}?queue=unrouted`,               'none',     '401 401 403 403 403 403 403 403 403 403 200 403'],
  ['count the queues',                  `GET ${tasks}/counts`,                       'none',     '401 401 403 403 403 403 403 200 200 200 200 200'],
  ['read the overview',                 'GET /api/tracking/overview',                'none',     '401 401 403 403 403 403 403 403 403 403 200 403'],
  ['look for people',                   'GET /api/people?q=an',                      'none',     '401 401 403 403 403 200 200 200 200 200 200 200'],
  ['read at the desk',                  `GET ${tasks}/{number}`,                     'resolve',  '401 401 403 403 403 403 403 200 200 200 200 200'],
  ['advance the step',                  `POST ${tasks}/{number}/act`,            'resolve',  '401 401 403 403 403 403 403 200 409 403 403 403', { transition: 'approve', note }],
  ['send the step back',                `POST ${tasks}/{number}/act`,            'resolve',  '401 401 403 403 403 403 403 200 409 403 403 403', { transition: 'reject', note }],
  ['take the step over',                `POST ${tasks}/{number}/take`,           'resolve',  '401 401 403 403 403 403 403 409 200 403 403 403', {}],
  ['choose a workflow',                 `POST ${tasks}/{number}/route`,              'unrouted', '401 401 403 403 403 403 403 403 403 403 200 403', { workflowVersionId: 1 }],
  ['read the workflows',                'GET /api/tracking/workflows',               'none',     '401 401 403 403 403 403 403 200 200 200 200 200'],
  ['read what was said',                `GET ${talk}/messages`,                      'resolve',  '401 401 404 200 404 200 200 200 200 200 200 200'],
  ['say something',                     `POST ${talk}/messages`,                     'resolve',  '401 401 404 201 404 201 201 201 201 201 201 201', { voice: 'public', text }],
  ['leave an internal note',            `POST ${talk}/messages`,                     'resolve',  '401 401 404 409 404 201 201 201 201 201 201 409', { voice: 'internal', text }],
  ['edit what the requester said',      `PATCH ${messages}/{id}`,                    'resolve',  '401 401 404 200 404 403 403 403 403 403 403 200', { text }],
  ['take back what they said',          `DELETE ${messages}/{id}`,                   'resolve',  '401 401 404 200 404 403 403 403 403 403 403 200'],
  ['read one’s draft',                  `GET ${talk}/draft`,                         'resolve',  '401 401 404 200 404 200 200 200 200 200 200 200'],
  ['keep a draft',                      `PUT ${talk}/draft`,                         'resolve',  '401 401 404 204 404 204 204 204 204 204 204 204', { voice: 'public', text }],
  ['read one’s notifications',                'GET /api/notifications',                    'none',     '401 401 200 200 200 200 200 200 200 200 200 200'],
  ['mark one’s notifications',                'POST /api/notifications/read',              'none',     '401 401 200 200 200 200 200 200 200 200 200 200', { ids: [] }],
  ['sign in',                           'POST /api/auth/sign-in',                    'none',     everybody(401), { email: 'nobody@example.com', password: 'wrong horse' }],
  ['sign out',                          'POST /api/auth/sign-out',                   'none',     '401 401 204 204 204 204 204 204 204 204 204 204'],
];

export const table: readonly Action[] = rows.map(([name, request, stage, answers, body]) => {
  const [method = '', path = ''] = request.split(' ');
  const [route = '', query] = path.split('?');
  return { name, method, route, query: query ? `?${query}` : '', stage, body, answers: answers.split(' ').map(Number) };
});
