/**
 * When the focused element goes away (its button was pressed and is not offered any more, its row left the list, its dialog
 * has closed), the browser drops the focus to the body, and whoever uses the keyboard starts again at the top. The focus
 * goes to what is left of the same part of the page instead: its `data-lands` element, which says what happened, or its
 * heading.
 */
const landing = '[data-lands], h1, h2, h3';

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

const isShown = (element: HTMLElement): boolean => element.checkVisibility();

const ancestorsOf = (element: Element): HTMLElement[] => {
  const found: HTMLElement[] = [];
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) found.push(at);
  return found;
};

const landingIn = (whole: HTMLElement): HTMLElement | null => {
  // Of the whole window the main part counts, and not a heading of the sidebar.
  const part = whole.querySelector<HTMLElement>('#main') ?? whole;
  const marked = part.querySelector<HTMLElement>('[data-lands]');
  if (marked?.textContent?.trim() && isShown(marked)) return marked;
  return [...part.querySelectorAll<HTMLElement>(landing)].find(isShown) ?? null;
};

const focusOn = (element: HTMLElement): void => {
  if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
  element.focus();
};

/** Watches the whole page. Returns how to stop it. */
export const keepFocus = (): (() => void) => {
  let last: HTMLElement | null = null;
  let around: HTMLElement[] = [];
  const remember = (element: EventTarget | null) => {
    if (!(element instanceof HTMLElement)) return;
    last = element;
    // Remembered now: once it is removed, it has no ancestors to ask.
    around = ancestorsOf(element);
  };
  const focused = (event: FocusEvent) => remember(event.target);
  // Who clicks beside everything wants no focus.
  const pressed = (event: PointerEvent) => {
    if (
      event.target instanceof Element &&
      !event.target.closest('button, a, input, select, textarea, label, [tabindex="0"]')
    )
      last = null;
  };
  const rescue = () => {
    if (!last || !isLost() || (isShown(last) && !last.matches(':disabled'))) return;
    // What a closed dialog or a removed part stood in, from near to far.
    const part = around.find((candidate) => isShown(candidate) && landingIn(candidate) !== null);
    const target = (part && landingIn(part)) ?? document.getElementById('main');
    last = null;
    if (target) focusOn(target);
  };
  // First the page puts the focus somewhere itself, or shows what came of it.
  const changed = () => last && setTimeout(rescue);
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['open', 'disabled', 'hidden'],
  });
  document.addEventListener('focusin', focused);
  document.addEventListener('pointerdown', pressed);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', focused);
    document.removeEventListener('pointerdown', pressed);
  };
};
