import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Page } from '../../api/http/page.schema.ts';
import type { Notification, ReadNotifications } from '../../api/notification/notification.schema.ts';
import { answer, api, whileWanted } from '../lib/api.ts';

export interface NotificationList extends Page<Notification> {
  unread: number;
}

const notificationsKey = ['notifications'];

/** The newest notifications and how many are unread; loaded again every half minute while the page is visible. */
export const useNotifications = () =>
  useQuery(() => ({
    queryKey: notificationsKey,
    queryFn: ({ signal }): Promise<NotificationList> =>
      answer(api.notifications.$get({ query: { show: 'all', limit: 20 } }, whileWanted(signal))),
    refetchInterval: 30_000,
    reconcile: 'id',
  }));

/** Marks notifications as read; the bell shows it at once. */
export const useReadNotifications = () => {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (which: ReadNotifications) => answer(api.notifications.read.$post({ json: which })),
    onSettled: () => client.invalidateQueries({ queryKey: notificationsKey }),
  }));
};
