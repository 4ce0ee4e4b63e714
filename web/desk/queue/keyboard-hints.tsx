import { Show } from 'solid-js';
import { keysOn, switchKeys } from '../../lib/keyboard.ts';

/** The keys of a list, and a switch for people whom single keys hinder. */
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
      {keysOn() ? 'Switch single keys off' : 'Switch single keys on'}
    </button>
  </div>
);
