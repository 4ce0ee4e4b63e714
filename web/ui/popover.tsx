import { createSignal, createUniqueId, type JSX, onCleanup, Show } from 'solid-js';
import { Portal } from 'solid-js/web';

interface PopoverProps {
  /** Names the button when it shows only an icon. */
  label?: string;
  title?: string;
  buttonClass?: string;
  button: JSX.Element;
  panelClass: string;
  panelLabel: string;
  /** Made when the panel opens. `close` shuts it and gives the focus back. */
  children: (close: () => void) => JSX.Element;
}

const gap = 6;

/** Puts the panel beside its button, inside the window. The browser closes it on Esc and on a click elsewhere. */
const place = (panel: HTMLElement, button: HTMLElement): void => {
  const from = button.getBoundingClientRect();
  const fitsBelow = from.bottom + gap + panel.offsetHeight < innerHeight;
  const top = fitsBelow ? from.bottom + gap : Math.max(gap, from.top - gap - panel.offsetHeight);
  const isLeft = from.left < innerWidth / 2;
  const left = isLeft ? from.left : from.right - panel.offsetWidth;
  panel.style.setProperty('top', `${top}px`);
  panel.style.setProperty('left', `${Math.max(gap, Math.min(left, innerWidth - panel.offsetWidth - gap))}px`);
};

/** A button with a panel in the top layer: the account menu, the bell. */
export const Popover = (props: PopoverProps) => {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  let panel: HTMLElement | undefined;
  const settle = () => panel && button && place(panel, button);
  let growth: ResizeObserver | undefined;
  const toggled = (event: ToggleEvent) => {
    setOpen(event.newState === 'open');
    growth?.disconnect();
    if (event.newState !== 'open' || !panel) return;
    // What is inside may come later and make the panel taller.
    growth = new ResizeObserver(settle);
    growth.observe(panel);
  };
  onCleanup(() => growth?.disconnect());
  const close = () => {
    panel?.hidePopover();
    button?.focus();
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        class={props.buttonClass}
        popovertarget={id}
        aria-expanded={open()}
        aria-label={props.label}
        title={props.title ?? props.label}
      >
        {props.button}
      </button>
      {/* At the end of the body, so that no rule of the bar that holds the button reaches the panel. */}
      <Portal>
        <section
          ref={panel}
          id={id}
          popover="auto"
          class={`pop ${props.panelClass}`}
          aria-label={props.panelLabel}
          on:beforetoggle={(event: ToggleEvent) => event.newState === 'open' && setOpen(true)}
          on:toggle={toggled}
        >
          <Show when={open()}>{props.children(close)}</Show>
        </section>
      </Portal>
    </>
  );
};
