import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { render } from '@solidjs/testing-library';
import { QueryClientProvider } from '@tanstack/solid-query';
import type { Component } from 'solid-js';
import { vi } from 'vitest';
import type { MessagePage } from '../../api/messaging/message.schema.ts';
import { Gate } from '../account/gate.tsx';
import { createQueryClient } from './query-client.ts';
import type { Me } from './session.ts';

export interface Sent {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

export const marta: Me = {
  user: { id: 1, name: 'Marta Lindqvist', email: 'marta.lindqvist@example.com', department: 'asset' },
  systems: [{ slug: 'hdts', name: 'Help Desk', roles: [{ key: 'employee', name: 'Employee' }] }],
};
export const greta: Me = {
  user: { id: 2, name: 'Greta Nilsen', email: 'greta.nilsen@example.com', department: null },
  systems: [{ slug: 'hdts', name: 'Help Desk', roles: [{ key: 'ticket_coordinator', name: 'Ticket Coordinator' }] }],
};

/** A conversation in which nobody has said anything and nobody may. */
export const nothingSaid: MessagePage = {
  items: [],
  next: null,
  total: { count: 0, more: false },
  voices: [],
  whyNot: 'This ticket is over.',
  draft: null,
};

/** Answers in place of the API while a page is tested. Returns the list of everything that was posted. */
export const answerWith = (me: Me | null, answer: (call: Sent) => Response | Promise<Response>): Sent[] => {
  const posted: Sent[] = [];
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const { pathname: path } = new URL(input instanceof Request ? input.url : input, 'http://here');
    const method = init.method ?? 'GET';
    const body: unknown = init.body ? JSON.parse(String(init.body)) : undefined;
    const call = { method, path, headers: new Headers(init.headers), body };
    if (path === '/api/auth/session') return json({ me });
    if (method === 'GET' && path.endsWith('/messages')) return json(nothingSaid);
    if (method === 'POST') posted.push(call);
    return answer(call);
  });
  return posted;
};

export const addWhatJsdomLacks = (): void => {
  window.scrollTo = () => undefined;
  HTMLElement.prototype.scrollIntoView = () => undefined;
  HTMLElement.prototype.checkVisibility = function checkVisibility() {
    return this.isConnected && this.closest('dialog:not([open])') === null;
  };
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
};

/** Opens a page behind the gate; `address()` gives the address that is open now. */
export const visit = (
  at: string,
  path: string,
  page: Component,
  signInPage: Component = () => <p>The sign-in page</p>,
) => {
  addWhatJsdomLacks();
  const history = createMemoryHistory();
  history.set({ value: at });
  const client = createQueryClient(false);
  render(() => (
    <QueryClientProvider client={client}>
      <MemoryRouter history={history}>
        <Route path="/" component={Gate}>
          <Route path={path} component={page} />
          <Route path="*" component={() => <p>Another page</p>} />
        </Route>
        <Route path="/sign-in" component={signInPage} />
      </MemoryRouter>
    </QueryClientProvider>
  ));
  return { address: () => history.get(), client };
};
