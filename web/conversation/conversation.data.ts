import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/solid-query';
import type { Draft, Message, MessagePage, Voice } from '../../api/messaging/message.schema.ts';
import { answer, api, noCursor, whileWanted } from '../lib/api.ts';
import { mergedPages } from '../lib/merged-pages.ts';

const routes = api.messaging;
const messagesKey = (number: string) => ['messages', number] as const;

/** What people have said on the ticket, the newest page first. */
export const useMessages = (number: () => string) =>
  useInfiniteQuery(() => ({
    queryKey: messagesKey(number()),
    queryFn: ({ pageParam, signal }): Promise<MessagePage> =>
      answer(
        routes.tickets[':number'].messages.$get(
          { param: { number: number() }, query: { cursor: pageParam } },
          whileWanted(signal),
        ),
      ),
    initialPageParam: noCursor(),
    getNextPageParam: (page: MessagePage) => page.next ?? undefined,
    refetchInterval: 10_000,
    reconcile: 'id',
  }));

/** The page of a ticket brings its first messages along; what is known already stays. */
export const bringMessages = (client: QueryClient, number: string, page: MessagePage): void =>
  void client.setQueryData(
    messagesKey(number),
    (known: unknown) => known ?? { pages: [page], pageParams: [noCursor()] },
  );

/** What is being written on the ticket, for a page that is opened again before it has asked again. */
export const rememberDraft = (client: QueryClient, number: string, draft: Draft | null): void =>
  void client.setQueryData(messagesKey(number), (known: InfiniteData<MessagePage> | undefined) => {
    const [first, ...others] = known?.pages ?? [];
    return known && first ? { ...known, pages: [{ ...first, draft }, ...others] } : known;
  });

export type Messages = ReturnType<typeof useMessages>;

/** The messages of all pages, oldest first, each once: a new one moves the others to the next page. */
export const messagesOf = (data: { pages: MessagePage[] }): Message[] =>
  mergedPages(
    data,
    ({ id }) => id,
    ({ postedAt, editedAt, takenBackAt }) => Date.parse(takenBackAt ?? editedAt ?? postedAt),
  ).toSorted((one, other) => one.id - other.id);

export interface Words {
  voice: Voice;
  text: string;
}

/** Posts messages. Posted again as it was, because the answer was lost, a message has the same key and is one message. */
export const usePostMessage = (number: () => string, before: () => Promise<void>) => {
  const client = useQueryClient();
  let last = { content: '', key: '' };
  return useMutation(() => ({
    mutationFn: async (words: Words): Promise<Message> => {
      await before();
      const content = JSON.stringify(words);
      if (last.content !== content) last = { content, key: crypto.randomUUID() };
      return answer(
        routes.tickets[':number'].messages.$post({
          param: { number: number() },
          header: { 'idempotency-key': last.key },
          json: words,
        }),
      );
    },
    onSuccess: async () => {
      // The same words again are another message now.
      last = { content: '', key: '' };
      await client.invalidateQueries({ queryKey: messagesKey(number()) });
    },
  }));
};

/** Edits a message, or takes it back when there is no text. */
export const useChangeMessage = (number: () => string) => {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: ({ id, text }: { id: number; text: string | null }): Promise<Message> => {
      const route = routes.messages[':id'];
      const param = { id: String(id) };
      return answer(text === null ? route.$delete({ param }) : route.$patch({ param, json: { text } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: messagesKey(number()) }),
  }));
};

export const keepDraft = async (number: string, draft: Draft): Promise<void> => {
  await routes.tickets[':number'].draft.$put({ param: { number }, json: draft });
};
