import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Page } from '../../api/http/page.schema.ts';
import type { Notice } from '../../api/notification/notice.schema.ts';
import { answer, api, whileWanted } from '../lib/api.ts';

export interface NoticeList extends Page<Notice> {
  unread: number;
}

const noticesKey = ['notices'];

/** The newest notices and how many are unread; asked again every half minute while the page is seen. */
export const useNotices = () =>
  useQuery(() => ({
    queryKey: noticesKey,
    queryFn: ({ signal }): Promise<NoticeList> =>
      answer(api.notifications.$get({ query: { show: 'all', limit: 20 } }, whileWanted(signal))),
    refetchInterval: 30_000,
    reconcile: 'id',
  }));

/** Marks the given notices as read, or all of them; the bell shows it at once. */
export const useReadNotices = () => {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (ids: number[] | undefined) => answer(api.notifications.read.$post({ json: { ids } })),
    onSettled: () => client.invalidateQueries({ queryKey: noticesKey }),
  }));
};
