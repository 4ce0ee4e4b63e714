import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import X from 'lucide-solid/icons/x';
import { createSignal, For } from 'solid-js';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface Message {
  id: number;
  text: string;
  tone: 'good' | 'bad';
}

const [messages, setMessages] = createSignal<Message[]>([]);
let lastId = 0;

const dismiss = (id: number): void => {
  setMessages((all) => all.filter((message) => message.id !== id));
};

/** Says that something is done. What went wrong belongs beside its cause; here only when that place is gone. */
export const toast = (text: string, tone: Message['tone'] = 'good'): void => {
  lastId += 1;
  const id = lastId;
  setMessages((all) => [...all.slice(-2), { id, text, tone }]);
  setTimeout(() => dismiss(id), tone === 'good' ? 6000 : 12_000);
};

/** One region for the whole page: it exists before the first message, so that readers hear it. */
export const Toasts = () => (
  <div class="toasts" role="status" aria-live="polite">
    <For each={messages()}>
      {(message) => (
        <div class={`toast ${message.tone}`}>
          <Icon of={message.tone === 'good' ? CircleCheck : CircleAlert} />
          <span>{message.text}</span>
          <Button kind="quiet" size="small" square icon={X} label="Dismiss" onClick={() => dismiss(message.id)} />
        </div>
      )}
    </For>
  </div>
);
