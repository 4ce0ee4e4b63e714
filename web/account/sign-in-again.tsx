import { createSignal, createUniqueId, Show } from 'solid-js';
import { leaveTo } from '../lib/leave-page.ts';
import { askToSignIn } from '../lib/page-trouble.ts';
import { pageUser } from '../lib/page-user.ts';
import { sentenceOf } from '../lib/problem.ts';
import { useSignInAgain } from '../lib/session.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';

/** Signs in again over the page, which stays as it is, with any open dialog and its text. */
export const SignInAgain = () => {
  const signIn = useSignInAgain();
  const formId = createUniqueId();
  let field: HTMLInputElement | undefined;
  const [isTried, setTried] = createSignal(false);
  const [password, setPassword] = createSignal('');
  const close = () => askToSignIn(false);
  const submit = () => {
    setTried(true);
    // A password manager may fill the field without an input event.
    const typed = field?.value ?? '';
    setPassword(typed);
    if (typed === '') field?.focus();
    if (typed === '' || signIn.isPending) return;
    signIn.mutate({ email: pageUser()?.email ?? '', password: typed }, { onSuccess: close });
  };
  return (
    <Dialog
      open
      title={`Sign in again, ${pageUser()?.name}`}
      formId={formId}
      onSubmit={submit}
      onClose={close}
      actions={
        <>
          <Button onClick={() => leaveTo('/sign-in')}>I am somebody else</Button>
          <Button type="submit" form={formId} kind="primary" busy={signIn.isPending}>
            Sign in
          </Button>
        </>
      }
    >
      <p class="muted">The page stays as it is. What you have written is still there afterwards.</p>
      <Show when={signIn.isError && !signIn.isPending}>
        <Banner tone="bad" alert>
          <p>{sentenceOf(signIn.error)}</p>
        </Banner>
      </Show>
      <TextField
        label="E-mail"
        name="again-email"
        type="email"
        autocomplete="username"
        readonly
        value={pageUser()?.email}
      />
      <TextField
        label="Password"
        name="again-password"
        type="password"
        autocomplete="current-password"
        ref={field}
        value={password()}
        error={isTried() && password() === '' ? 'Type your password.' : undefined}
        onInput={(event) => setPassword(event.currentTarget.value)}
      />
    </Dialog>
  );
};
