import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library';
import { QueryClient, QueryClientProvider } from '@tanstack/solid-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Gate } from '../../account/gate.tsx';
import { nothingSaid } from '../../lib/page.fixture.tsx';
import type { TaskPage } from '../tasks.data.ts';
import { dana, jonas, resolving } from './ticket.fixture.ts';
import TicketPage from './ticket.page.tsx';

const note = 'Tag checked, handed over with dock D-118.';
const held = 'Dana Petrov holds this step. Take it over to act on it.';
const taken: TaskPage = {
  ...resolving,
  version: 5,
  assignee: dana,
  actions: resolving.actions.map((action) => ({ ...action, allowed: false, why: held })),
};
const conflict = {
  title: 'Conflict',
  status: 409,
  code: 'version_conflict',
  detail: 'The ticket has changed since this page was loaded.',
  requestId: 'r-1',
  changes: [
    {
      id: 9,
      version: 5,
      at: '2026-11-23T10:00:00.000Z',
      actor: dana,
      event: { kind: 'assigned', step: 'Resolve', role: 'Asset Manager', assignee: dana },
    },
  ],
};

let task: TaskPage;
/** What the action leads to; null: somebody else was faster. */
let next: TaskPage | null;
/** Another ticket of the same list. */
const other: TaskPage = { ...resolving, number: 'TX20261123004099', subject: 'Printer on floor 2' };
const sent: unknown[] = [];

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

const isPost = (init: RequestInit | undefined): boolean => init?.method === 'POST';

/** Answers as the API does when somebody else was faster: the first command meets a newer version. */
const answer = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  const { pathname } = new URL(input instanceof Request ? input.url : input, 'http://here');
  if (pathname === '/api/auth/session')
    return json({
      me: {
        user: { ...jonas, email: 'jonas.weber@example.com', department: 'asset' },
        systems: [{ slug: 'tts', name: 'TTS', roles: [{ key: 'asset_manager', name: 'Asset Manager' }] }],
      },
    });
  if (pathname.endsWith('/act') && isPost(init)) {
    sent.push(JSON.parse(String(init?.body)));
    if (next) {
      task = next;
      return json({ number: task.number, status: task.status, version: task.version });
    }
    task = taken;
    return json(conflict, 409);
  }
  if (pathname === `/api/tracking/tasks/${task.number}`) return json(task);
  if (pathname === `/api/tracking/tasks/${other.number}`) return json(other);
  if (pathname === '/api/tracking/tasks')
    return json({ items: [task, other], next: null, total: { count: 2, more: false } });
  if (pathname.endsWith('/messages')) return json(nothingSaid);
  return json({ items: [], next: null, total: { count: 0, more: false } });
};

const open = (): ReturnType<typeof createMemoryHistory> => {
  const history = createMemoryHistory();
  history.set({ value: `/desk/tickets/${resolving.number}` });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(() => (
    <QueryClientProvider client={client}>
      <MemoryRouter history={history}>
        <Route path="/" component={Gate}>
          <Route path="/desk/tickets/:number" component={TicketPage} />
        </Route>
      </MemoryRouter>
    </QueryClientProvider>
  ));
  return history;
};

const press = async (name: string): Promise<void> => {
  const [button] = await screen.findAllByRole('button', { name });
  if (button) fireEvent.click(button);
};

const act = async (): Promise<HTMLElement> => {
  await press('Approve with a note');
  return screen.findByRole('dialog');
};

const send = (dialog: HTMLElement) => fireEvent.submit(within(dialog).getByLabelText(/^Note/));

beforeEach(() => {
  task = resolving;
  next = null;
  localStorage.clear();
  sessionStorage.clear();
  sent.length = 0;
  vi.stubGlobal('fetch', answer);
  // What jsdom does not have.
  HTMLElement.prototype.scrollIntoView = () => undefined;
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('the dialog says what the action does and who reads the note, and does not send a note that says nothing', async () => {
  open();
  const dialog = await act();
  expect(dialog.textContent).toContain('Goes to Finalize (Admin)');
  expect(dialog.textContent).toContain('Marta Lindqvist does not.');
  expect(within(dialog).getByRole('heading', { name: 'Approve 004098' })).toBeTruthy();
  fireEvent.input(within(dialog).getByLabelText(/^Note/), { target: { value: '??' } });
  send(dialog);
  expect(dialog.textContent).toContain('Say in a sentence what you did or why.');
  expect(sent).toEqual([]);
});

test('when somebody was faster, the dialog says what changed and why the action is blocked, and keeps the note', async () => {
  open();
  const dialog = await act();
  const field = within(dialog).getByLabelText(/^Note/);
  fireEvent.input(field, { target: { value: note } });
  send(dialog);
  await within(dialog).findByText('The ticket changed while this page was open.');
  expect(sent).toEqual([{ version: 4, transition: 'approve', note }]);
  expect(dialog.textContent).toContain('Assigned to Dana Petrov');
  await within(dialog).findByText(held);
  expect(field).toHaveProperty('value', note);
  expect(screen.getByText('Resolve is with Dana Petrov')).toBeTruthy();
  send(dialog);
  expect(sent).toHaveLength(1);
});

describe('an action that needs no words', () => {
  const moved = {
    ...resolving,
    version: 5,
    step: 'Finalize',
    assignee: dana,
    actions: [],
    progress: { ...resolving.progress, at: 2 },
  };

  test('is sent by one click, and the page opens the next ticket of the list', async () => {
    next = moved;
    const history = open();
    await screen.findByText('Printer on floor 2');
    await press('Approve');
    await waitFor(() => expect(history.get()).toContain('/desk/tickets/TX20261123004099'));
    expect(sent).toEqual([{ version: 4, transition: 'approve' }]);
    await waitFor(() => expect(document.activeElement?.id).toBe('subject'));
  });

  test('is sent by its key, and whoever chose so stays on the ticket', async () => {
    next = moved;
    localStorage.setItem(`after-act:${jonas.id}`, 'stay');
    const history = open();
    await screen.findAllByRole('button', { name: 'Approve' });
    fireEvent.keyDown(document.body, { key: 'a' });
    await screen.findByText('Finalize is with Dana Petrov');
    expect(history.get()).toContain(resolving.number);
    await waitFor(() => expect(document.activeElement?.id).toBe('subject'));
  });

  test('is not sent again and again by a key that is held down', async () => {
    open();
    await screen.findAllByRole('button', { name: 'Approve' });
    fireEvent.keyDown(document.body, { key: 'a', repeat: true });
    expect(sent).toEqual([]);
  });
});

test('Ctrl+Enter sends the dialog; Enter alone begins a new line', async () => {
  next = { ...resolving, version: 5, assignee: dana };
  open();
  const dialog = await act();
  const field = within(dialog).getByLabelText(/^Note/);
  fireEvent.input(field, { target: { value: note } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(sent).toEqual([]);
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(sent).toEqual([{ version: 4, transition: 'approve', note }]));
});
