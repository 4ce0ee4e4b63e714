import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Notice } from '../../api/notification/notice.schema.ts';
import { get, post } from '../lib/api.ts';

export interface NoticeList {
  items: Notice[];
  next: string | null;
  unread: number;
}

const noticesKey = ['notices'];

/** The newest notices and how many are unread; asked again every half minute while the page is seen. */
export const useNotices = () =>
  useQuery(() => ({
    queryKey: noticesKey,
    queryFn: ({ signal }) => get<NoticeList>('/api/notifications', { query: { show: 'all', limit: 20 }, signal }),
    refetchInterval: 30_000,
    reconcile: 'id',
  }));

/** Marks the given notices as read, or all of them; the bell shows it at once. */
export const useReadNotices = () => {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (ids: number[] | undefined) => post<{ unread: number }>('/api/notifications/read', { ids }),
    onSettled: () => client.invalidateQueries({ queryKey: noticesKey }),
  }));
};
