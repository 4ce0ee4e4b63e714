import { useNavigate, useSearchParams } from '@solidjs/router';
import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createEffect, createSignal, Show } from 'solid-js';
import { sentenceOf } from '../lib/problem.ts';
import { landingOf, safeNext, useMe, useSignIn } from '../lib/session.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { ThemeSwitch } from '../ui/theme-switch.tsx';
import { Title } from '../ui/title.tsx';
import { SignInIntro } from './sign-in-intro.tsx';
import './sign-in.css';

export default function SignInPage() {
  const me = useMe();
  const [search] = useSearchParams<{ next: string }>();
  const navigate = useNavigate();
  createEffect(() => {
    if (me.isSuccess && me.data) navigate(safeNext(search.next, landingOf(me.data)), { replace: true });
  });
  return (
    <div class="sign-in" data-density="roomy">
      <Title of="Sign in" />
      <a class="skip" href="#main" target="_self">
        Skip to the content
      </a>
      <SignInIntro />
      <main class="desk-side" id="main" tabindex="-1">
        <div class="row-x corner">
          <ThemeSwitch />
        </div>
        <SignInForm />
        <p class="foot-note">No account, or no password? Ask an administrator of your organisation.</p>
      </main>
    </div>
  );
}

const SignInForm = () => {
  const signIn = useSignIn();
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [missing, setMissing] = createSignal(false);
  let form: HTMLFormElement | undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (signIn.isPending) return;
    setMissing(true);
    const empty = email().trim() === '' ? 'email' : password() === '' ? 'password' : null;
    if (empty) form?.querySelector<HTMLInputElement>(`[name="${empty}"]`)?.focus();
    else signIn.mutate({ email: email().trim(), password: password() });
  };
  return (
    <form class="form" ref={form} novalidate onSubmit={submit}>
      <div>
        <h1>Sign in</h1>
        <p>One account for the Help Desk and Ticket Tracking.</p>
      </div>
      <Show when={signIn.isError && !signIn.isPending}>
        <Banner tone="bad" alert>
          <p>{sentenceOf(signIn.error)}</p>
        </Banner>
      </Show>
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autocomplete="username"
        autofocus
        value={email()}
        error={missing() && email().trim() === '' ? 'Type your e-mail address.' : undefined}
        onInput={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordField
        value={password()}
        error={missing() && password() === '' ? 'Type your password.' : undefined}
        onInput={setPassword}
      />
      <Button type="submit" kind="primary" size="large" wide busy={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
};

const PasswordField = (props: { value: string; error: string | undefined; onInput: (value: string) => void }) => {
  const [shown, setShown] = createSignal(false);
  return (
    <Field label="Password" name="password" error={props.error}>
      {(ids) => (
        <div class="with-icon">
          <input
            {...ids}
            class="input secret"
            name="password"
            type={shown() ? 'text' : 'password'}
            autocomplete="current-password"
            value={props.value}
            onInput={(event) => props.onInput(event.currentTarget.value)}
          />
          <span class="end">
            <Button
              kind="quiet"
              size="small"
              square
              icon={shown() ? EyeOff : Eye}
              label="Show the password"
              aria-pressed={shown()}
              onClick={() => setShown(!shown())}
            />
          </span>
        </div>
      )}
    </Field>
  );
};
