import LoaderCircle from 'lucide-solid/icons/loader-circle';
import Lock from 'lucide-solid/icons/lock';
import { createUniqueId, type JSX, Show, splitProps } from 'solid-js';
import { Icon, type LucideIcon } from './icon.tsx';

interface Look {
  kind?: 'primary' | 'danger' | 'quiet';
  size?: 'small' | 'large';
  wide?: boolean;
  /** Only an icon: then `label` names the button. */
  square?: boolean;
  icon?: LucideIcon;
  class?: string;
}

export interface ButtonProps extends Look, Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> {
  label?: string;
  /** While it works: keeps its place and takes no second click. */
  busy?: boolean;
  /** The id of the sentence that says why it is blocked; with it the button does nothing. */
  blockedBy?: string;
  onClick?: (event: MouseEvent) => void;
}

export const buttonClass = (look: Look): string =>
  ['btn', look.kind, look.size, look.wide && 'wide', look.square && 'square', look.class].filter(Boolean).join(' ');

export const Button = (props: ButtonProps) => {
  const [own, rest] = splitProps(props, [
    ...([
      'kind',
      'size',
      'wide',
      'square',
      'icon',
      'class',
      'label',
      'busy',
      'blockedBy',
      'onClick',
      'children',
      'type',
    ] as const),
  ]);
  const glyph = () => (own.busy ? LoaderCircle : own.blockedBy ? Lock : own.icon);
  const click = (event: MouseEvent) => {
    if (own.busy || own.blockedBy) event.preventDefault();
    else own.onClick?.(event);
  };
  return (
    <button
      type={own.type ?? 'button'}
      class={buttonClass(own)}
      aria-label={own.label}
      title={own.square ? own.label : undefined}
      aria-busy={own.busy ? 'true' : undefined}
      aria-disabled={own.blockedBy ? 'true' : undefined}
      aria-describedby={own.blockedBy}
      onClick={click}
      {...rest}
    >
      <Show when={glyph()}>{(icon) => <Icon of={icon()} />}</Show>
      {own.children}
    </button>
  );
};

/** The sentence behind a blocked button; its `id` goes to the button's `blockedBy`. */
export const Why = (props: { id?: string; icon?: LucideIcon; children: JSX.Element }) => (
  <p class="why" id={props.id}>
    <Icon of={props.icon ?? Lock} />
    <span>{props.children}</span>
  </p>
);

/** A button that keeps its place when it is refused, with the server's sentence under it. */
export const ActionButton = (props: ButtonProps & { why: string | null }) => {
  const id = createUniqueId();
  const [own, rest] = splitProps(props, ['why']);
  return (
    <div class="action">
      <Button {...rest} blockedBy={own.why === null ? undefined : id} />
      <Show when={own.why}>{(why) => <Why id={id}>{why()}</Why>}</Show>
    </div>
  );
};
