import { Show } from 'solid-js';
import { keysOn, switchKeys } from '../../lib/keyboard.ts';

/** The keys of a list, and a button to turn them off for people whom they get in the way of. */
export const KeyboardHints = () => (
  <div class="hints">
    <Show when={keysOn()}>
      <span>
        <kbd>J</kbd>
        <kbd>K</kbd> move
      </span>
      <span>
        <kbd>Enter</kbd> open
      </span>
      <span>
        <kbd>/</kbd> search
      </span>
    </Show>
    <button type="button" class="linklike push" onClick={() => switchKeys(!keysOn())}>
      {keysOn() ? 'Turn keyboard shortcuts off' : 'Turn keyboard shortcuts on'}
    </button>
  </div>
);
