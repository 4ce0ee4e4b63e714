import { createSignal, onCleanup, onMount } from 'solid-js';

const stored = 'keys';

const wasOn = (): boolean => {
  try {
    return localStorage.getItem(stored) !== 'off';
  } catch {
    return true;
  }
};

const [keysOn, setKeysOn] = createSignal(wasOn());

/** Single keys get in the way of people who dictate or whose hands shake, so they can be turned off. */
export { keysOn };

export const switchKeys = (on: boolean): void => {
  setKeysOn(on);
  try {
    localStorage.setItem(stored, on ? 'on' : 'off');
  } catch {
    // A private window keeps nothing: the choice holds until the page is left.
  }
};

const typing = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';
const floating = 'dialog[open], :popover-open';

const isBusy = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.isComposing ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  (event.target instanceof Element && event.target.matches(typing)) ||
  document.querySelector(floating) !== null;

/** Single keys of a page. They work while nobody types and no dialog or panel is open over the page. */
export const useKeys = (keys: Record<string, (event: KeyboardEvent) => void>): void => {
  const press = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || !keysOn() || isBusy(event)) return;
    event.preventDefault();
    act(event);
  };
  onMount(() => document.addEventListener('keydown', press));
  onCleanup(() => document.removeEventListener('keydown', press));
};
