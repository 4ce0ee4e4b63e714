import { useMutation, useQueryClient } from '@tanstack/solid-query';
import { post } from '../lib/api.ts';
import type { CommandResult } from '../lib/command.ts';

/** Sends a form. The same key makes the same ticket, however often it is sent. */
export const useSubmit = () => {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (input: { key: string; body: Record<string, unknown> }) =>
      post<CommandResult>('/api/helpdesk/tickets', input.body, { headers: { 'idempotency-key': input.key } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  }));
};
