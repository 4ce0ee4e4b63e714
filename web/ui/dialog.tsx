import X from 'lucide-solid/icons/x';
import { createEffect, createUniqueId, type JSX, onCleanup, Show } from 'solid-js';
import { Button } from './button.tsx';
import { DialogTrouble } from './trouble.tsx';

interface DialogProps {
  open: boolean;
  title: string;
  onClose: () => void;
  /** Makes the body a form; a button in `actions` submits it with `type="submit"` and `form={formId}`. */
  onSubmit?: () => void;
  formId?: string;
  children: JSX.Element;
  actions: JSX.Element;
}

/** Asks for what an action needs, or confirms what cannot be undone. Focus goes in, and back to where it came from. */
export const Dialog = (props: DialogProps) => {
  const heading = createUniqueId();
  let dialog: HTMLDialogElement | undefined;
  createEffect(() => {
    if (props.open && !dialog?.open) {
      dialog?.showModal();
      // The browser looks for a place for the focus before the body is there.
      queueMicrotask(() =>
        dialog?.querySelector<HTMLElement>('.in :is(input:not([readonly]), textarea, select)')?.focus(),
      );
    }
    if (!props.open && dialog?.open) dialog.close();
  });
  onCleanup(() => dialog?.close());
  // In a text with several lines Enter begins a new one; Ctrl+Enter, or ⌘+Enter, sends it.
  const sendByKey = (event: KeyboardEvent & { currentTarget: HTMLFormElement }) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    props.onSubmit?.();
  };
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby={heading} onClose={() => props.open && props.onClose()}>
      <Show when={props.open}>
        <header>
          <h2 id={heading}>{props.title}</h2>
          <Button kind="quiet" size="small" square icon={X} label="Close" onClick={props.onClose} />
        </header>
        <DialogTrouble />
        <Show when={props.onSubmit} fallback={<div class="in">{props.children}</div>}>
          <form class="in" id={props.formId} novalidate onSubmit={submit} onKeyDown={sendByKey}>
            {props.children}
          </form>
        </Show>
        <footer>{props.actions}</footer>
      </Show>
    </dialog>
  );
};
