import { useIsRouting, useLocation } from '@solidjs/router';
import { createEffect, createSignal, on } from 'solid-js';

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** After a change of page: reads its title aloud, and moves the focus to it if the focused element is gone. */
export const Arrival = () => {
  const location = useLocation();
  const isRouting = useIsRouting();
  const [title, setTitle] = createSignal('');
  const arrive = () => {
    setTitle(document.title);
    if (isLost()) document.getElementById('main')?.focus({ preventScroll: true });
  };
  const settled = () => (isRouting() ? null : location.pathname);
  createEffect(on(settled, (path) => path !== null && requestAnimationFrame(arrive), { defer: true }));
  return (
    <p class="sr" aria-live="polite">
      {title()}
    </p>
  );
};
