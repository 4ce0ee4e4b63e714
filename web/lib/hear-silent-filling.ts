type TextControl = HTMLInputElement | HTMLTextAreaElement;

const isText = (element: EventTarget | null): element is TextControl =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && !['checkbox', 'radio', 'file', 'submit', 'button'].includes(element.type));

/**
 * Password managers, dictation and other programs may fill a field without an input event, which our pages go by. Before a
 * form is sent, each field whose text was not heard yet gets its event. Returns a function that ends it.
 */
export const hearSilentFilling = (page: Document): (() => void) => {
  const heard = new WeakMap<TextControl, string>();
  const listening = new AbortController();
  const note = ({ target }: Event): void => {
    if (isText(target)) heard.set(target, target.value);
  };
  const catchUp = (form: HTMLFormElement | null | undefined): void => {
    for (const element of form?.elements ?? [])
      if (isText(element) && element.value !== heard.get(element))
        element.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const beforeSending = ({ target }: Event): void => {
    if (target instanceof HTMLFormElement) catchUp(target);
  };
  // Ctrl+Enter sends without the form's own event.
  const beforeKey = ({ key, target }: KeyboardEvent): void => {
    if (key === 'Enter' && isText(target)) catchUp(target.form);
  };
  const early = { capture: true, signal: listening.signal };
  page.addEventListener('input', note, early);
  page.addEventListener('submit', beforeSending, early);
  page.addEventListener('keydown', beforeKey, early);
  return () => listening.abort();
};
