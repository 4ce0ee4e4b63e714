import Contrast from 'lucide-solid/icons/contrast';
import { Show } from 'solid-js';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

const toggle = (): void => {
  const root = document.documentElement;
  const isDark = root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
  try {
    localStorage.setItem('theme', root.dataset.theme);
  } catch {
    // A private window keeps nothing: the choice holds until the page is left.
  }
};

/** The half-filled circle. `labelled` is its form in a sidebar. */
export const ThemeSwitch = (props: { labelled?: boolean }) => (
  <Show
    when={props.labelled}
    fallback={<Button kind="quiet" square icon={Contrast} label="Switch between light and dark" onClick={toggle} />}
  >
    <button type="button" title="Switch between light and dark" onClick={toggle}>
      <Icon of={Contrast} />
      <span class="label">Switch theme</span>
    </button>
  </Show>
);
