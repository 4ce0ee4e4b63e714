import { useMutation, useQueryClient } from '@tanstack/solid-query';
import type { Form } from '../../../api/helpdesk/form.schema.ts';
import { answer, api } from '../../lib/api.ts';

/** Sends a form. The same key makes the same ticket, however often it is sent. */
export const useSubmit = () => {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (input: { key: string; form: Form }) =>
      answer(api.helpdesk.tickets.$post({ header: { 'idempotency-key': input.key }, json: input.form })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  }));
};
