import { useBeforeLeave, useNavigate, useParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { type Category, categories } from '../../../workflows/ticket/rules/words.ts';
import { useSigned } from '../../account/gate.tsx';
import { categoryWords } from '../../lib/labels.ts';
import { isProblem } from '../../lib/problem.ts';
import { clockOf } from '../../lib/time.ts';
import { Blank } from '../../ui/blank.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Title } from '../../ui/title.tsx';
import { toast } from '../../ui/toast.tsx';
import { CategoryCards, categoryCards } from '../category-cards.tsx';
import { Crumbs } from '../crumbs.tsx';
import { formStepsAhead } from '../steps-ahead.ts';
import { ticketPath } from '../ticket-card.tsx';
import { UprightStepBar } from '../upright-step-bar.tsx';
import { createForm, type Form } from './create-form.ts';
import { inOrder, serverErrors } from './form-errors.ts';
import { FormFields } from './form-fields.tsx';
import { KeptDraft, NotSent, Summary } from './form-messages.tsx';
import { useSubmit } from './submit.data.ts';
import './submit.css';

export default function SubmitPage() {
  const params = useParams<{ category: string }>();
  const category = () => categories.find((known) => known === params.category);
  return (
    <Show when={category()} keyed fallback={<NoSuchForm />}>
      {(known) => <SubmitForm category={known} />}
    </Show>
  );
}

const NoSuchForm = () => (
  <div class="wrap page">
    <Title of="New ticket" system="Help Desk" />
    <h1 class="sr">New ticket</h1>
    <Blank title="There is no such form">Choose one of these.</Blank>
    <CategoryCards />
  </div>
);

/** Going to another page keeps the draft. Not while it is sent, because the answer would be lost. */
const useLeaveGuard = (form: Form, isSending: () => boolean, isSent: () => boolean): void => {
  useBeforeLeave((event) => {
    if (isSent()) return;
    if (isSending()) event.preventDefault();
    else if (form.isDirty()) toast('Your draft is kept. Open the form again to go on.');
  });
};

const SubmitForm = (props: { category: Category }) => {
  const me = useSigned();
  const navigate = useNavigate();
  const send = useSubmit();
  const form = createForm(props.category, me().user.name);
  let sent = false;
  let summary: HTMLDivElement | undefined;
  useLeaveGuard(
    form,
    () => send.isPending,
    () => sent,
  );
  const showSummary = () => queueMicrotask(() => summary?.focus());
  const errors = () => inOrder(props.category, form.errors());
  const refused = (error: unknown) => {
    if (isProblem(error, 'invalid_input')) form.refuse(serverErrors(error.errors));
    showSummary();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (send.isPending || sent) return;
    const ready = form.attempt();
    if (!ready) return showSummary();
    send.mutate(
      { key: form.key(), form: ready },
      {
        onSuccess: (ticket) => {
          sent = true;
          form.finish();
          toast(`Sent. Its number is ${ticket.number}`);
          navigate(ticketPath(ticket.number), { replace: true });
        },
        onError: refused,
      },
    );
  };
  return (
    <div class="wrap page">
      <Title of={categoryWords[props.category]} system="Help Desk" />
      <Crumbs
        parents={[
          ['Home', '/help'],
          ['New ticket', '/help/new'],
        ]}
        here={categoryWords[props.category]}
      />
      <h1>{categoryCards[props.category].heading}</h1>
      <p class="lead">{categoryWords[props.category]}. It takes about two minutes.</p>
      <div class="two">
        <form class="card" aria-label={categoryWords[props.category]} novalidate onSubmit={submit}>
          <div class="form">
            <Summary category={props.category} errors={errors()} ref={(element) => (summary = element)} />
            <Show when={send.isError && !send.isPending && errors().length === 0}>
              <NotSent error={send.error} form={form} onFocus={(element) => (summary = element)} />
            </Show>
            <KeptDraft form={form} />
            <FormFields form={form} />
          </div>
          <div class="send">
            <Button type="submit" kind="primary" size="large" busy={send.isPending}>
              Send the request
            </Button>
            <Show when={form.isDirty() && form.savedAt()}>
              {(at) => <span class="subtle saved">Draft saved at {clockOf(at())}</span>}
            </Show>
          </div>
        </form>
        <aside aria-label="What happens next">
          <Card title="What happens next">
            <UprightStepBar steps={stepsOf(props.category)} />
          </Card>
        </aside>
      </div>
    </div>
  );
};

/** While the form is filled in, its number is the next thing to come. */
const stepsOf = (category: Category) =>
  formStepsAhead(category).map((step, index) => ({
    ...step,
    state: index === 0 ? ('now' as const) : ('next' as const),
  }));
