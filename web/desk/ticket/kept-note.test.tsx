import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepFocus } from '../../lib/focus-keeper.ts';
import { answerWith, json, type Sent, visit } from '../../lib/page.fixture.tsx';
import type { Me } from '../../lib/session.ts';
import type { TaskPage } from '../tasks.data.ts';
import { dana, jonas, resolving } from './ticket.fixture.ts';
import TicketPage from './ticket.page.tsx';

const me: Me = {
  user: { ...jonas, email: 'jonas.weber@example.com', department: 'asset' },
  systems: [{ slug: 'tts', name: 'TTS', roles: [{ key: 'asset_manager', name: 'Asset Manager' }] }],
};
const note = 'Tag checked, handed over with dock D-118.';
const done: TaskPage = {
  ...resolving,
  version: 5,
  step: 'Finalize',
  assignee: dana,
  actions: [],
  ticket: {
    ...resolving.ticket,
    version: 5,
    timeline: [
      ...resolving.ticket.timeline,
      {
        id: 2,
        version: 5,
        at: new Date().toISOString(),
        actor: dana,
        event: {
          kind: 'step_done',
          step: 'Resolve',
          transition: 'Approve',
          direction: 'forward',
          note: 'Done from the branch.',
          noteFor: 'staff',
        },
      },
    ],
  },
};

let task: TaskPage;
let posted: Sent[];
let page: ReturnType<typeof visit>;

const open = async () => {
  posted = answerWith(me, ({ path }) =>
    path === `/api/tracking/tasks/${task.number}`
      ? json(task)
      : json({ items: [], next: null, total: { count: 0, more: false } }),
  );
  page = visit(`/desk/tickets/${task.number}`, '/desk/tickets/:number', TicketPage);
  await screen.findByText('Your step: Resolve');
};
/** Opens the dialog in which the note is written. */
const dialog = async (): Promise<HTMLElement> => {
  const [approve] = screen.getAllByRole('button', { name: 'Approve with a note' });
  if (approve) fireEvent.click(approve);
  return screen.findByRole('dialog');
};
const field = (of: HTMLElement) => within(of).getByRole('textbox');
const write = (of: HTMLElement) => fireEvent.input(field(of), { target: { value: note } });

beforeEach(async () => {
  task = resolving;
  await open();
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test('when a colleague acts while the note is written, dialog and note stay, and it says who did what', async () => {
  const written = await dialog();
  write(written);
  task = done;
  await page.client.invalidateQueries();
  expect((await within(written).findByRole('alert')).textContent).toContain(
    'Dana Petrov finished Resolve with Approve',
  );
  expect(field(written)).toHaveProperty('value', note);
  fireEvent.submit(field(written));
  expect(posted).toEqual([]);
});

test('a note is there again when its dialog is opened again, and after the page was loaded again', async () => {
  write(await dialog());
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(field(await dialog())).toHaveProperty('value', note);
  cleanup();
  await open();
  expect(field(await dialog())).toHaveProperty('value', note);
});

test('a click that would send the action at once opens the dialog while a note for it is kept', async () => {
  write(await dialog());
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  const [approve] = screen.getAllByRole('button', { name: 'Approve' });
  if (approve) fireEvent.click(approve);
  expect(field(await screen.findByRole('dialog'))).toHaveProperty('value', note);
  expect(posted).toEqual([]);
});

test('after an act the note is not kept, and the focus is on the sentence that says where the ticket is', async () => {
  const stop = keepFocus();
  const written = await dialog();
  write(written);
  field(written).focus();
  task = done;
  fireEvent.submit(field(written));
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Finalize is with Dana Petrov'));
  expect(posted).toHaveLength(1);
  expect(sessionStorage).toHaveLength(0);
  stop();
});
