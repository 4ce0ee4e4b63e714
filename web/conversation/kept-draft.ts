import type { QueryClient } from '@tanstack/solid-query';
import { createSignal, onCleanup } from 'solid-js';
import { type Draft, draft as draftSchema } from '../../api/messaging/message.schema.ts';
import { keptIn } from '../lib/kept-text.ts';
import { noteFailure } from '../lib/page-trouble.ts';
import { pageUser } from '../lib/page-user.ts';
import { keepDraft, rememberDraft } from './conversation.data.ts';

export type DraftState = 'none' | 'saving' | 'saved' | 'failed';

/** How long somebody pauses before the draft is kept, in milliseconds. */
const pause = 700;

/**
 * Keeps what is being written on the server, so that it follows to another device; until the server has it, in this tab.
 * Nothing that comes from the server ever replaces what somebody has typed here.
 */
export const createKeptDraft = (
  client: QueryClient,
  number: string,
  atServer: Draft | null,
  begin: (draft: Draft) => void,
) => {
  const [state, setState] = createSignal<DraftState>('none');
  const inTab = keptIn(pageUser()?.id ?? 0, `message:${number}`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: Draft | null = null;
  let saving: Promise<void> = Promise.resolve();

  const save = async (): Promise<void> => {
    const draft = waiting;
    waiting = null;
    if (!draft) return;
    try {
      await keepDraft(number, draft);
      if (waiting) return;
      inTab.forget();
      setState(draft.text.trim() === '' ? 'none' : 'saved');
    } catch (error) {
      // The text stays in the field and in the tab, and goes to the server with the next change.
      noteFailure(error);
      waiting ??= draft;
      setState('failed');
    }
  };
  // One after the other, so that an older draft never comes last.
  const keep = (): void => {
    saving = saving.then(save);
  };
  const change = (draft: Draft): void => {
    waiting = draft;
    inTab.keep(draft);
    rememberDraft(client, number, draft);
    setState('saving');
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  };

  const lastHere = draftSchema.safeParse(inTab.read());
  if (lastHere.success) {
    begin(lastHere.data);
    change(lastHere.data);
  } else if (atServer) {
    begin(atServer);
    setState('saved');
  }
  const cancel = (): void => {
    clearTimeout(timer);
    waiting = null;
  };
  onCleanup(() => {
    clearTimeout(timer);
    keep();
  });

  return {
    state,
    /** To be called with each change. */
    change,
    /** To be awaited before the message is posted: a draft that comes after it would bring its text back. */
    stop(): Promise<void> {
      cancel();
      return saving;
    },
    /** The message is posted; the server has cleared the draft with it. */
    posted() {
      cancel();
      inTab.forget();
      rememberDraft(client, number, null);
      setState('none');
    },
  };
};
