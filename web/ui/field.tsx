import CircleAlert from 'lucide-solid/icons/circle-alert';
import { createUniqueId, For, type JSX, Show, splitProps } from 'solid-js';
import { Icon } from './icon.tsx';

interface FieldProps {
  label: string;
  /** Also the id of the control, so that a summary can link to it. */
  name?: string;
  optional?: boolean;
  hint?: JSX.Element;
  error?: string;
  /** Shows "43 of 70" under the field; of a large number only when it is nearly used up. */
  count?: { used: number; of: number };
  children: (ids: ControlIds) => JSX.Element;
}

/** What the control inside a field must carry. */
export interface ControlIds {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

const inWords = new Intl.NumberFormat('en');
const small = 1_000;
const isNear = ({ used, of }: { used: number; of: number }): boolean => of <= small || used > of * 0.8;

export const Field = (props: FieldProps) => {
  const unique = createUniqueId();
  const id = () => props.name ?? unique;
  const describedBy = () =>
    [props.error && `${id()}-error`, props.hint && `${id()}-hint`].filter(Boolean).join(' ') || undefined;
  const count = () => (props.count && isNear(props.count) ? props.count : undefined);
  const ids: ControlIds = {
    get id() {
      return id();
    },
    get 'aria-describedby'() {
      return describedBy();
    },
    get 'aria-invalid'() {
      return props.error ? ('true' as const) : undefined;
    },
  };
  return (
    <div class="field" classList={{ bad: Boolean(props.error) }}>
      <label for={id()}>
        {props.label}
        <Show when={props.optional}>
          {' '}
          <span class="optional">(optional)</span>
        </Show>
      </label>
      {props.children(ids)}
      <FieldError id={`${id()}-error`} error={props.error} />
      <Show when={props.hint || count()}>
        <div class="foot">
          <p class="hint" id={`${id()}-hint`}>
            {props.hint}
          </p>
          <Show when={count()}>
            {(shown) => (
              <p class="hint num">
                {inWords.format(shown().used)} of {inWords.format(shown().of)}
              </p>
            )}
          </Show>
        </div>
      </Show>
    </div>
  );
};

export const FieldError = (props: { id: string; error: string | undefined }) => (
  <Show when={props.error}>
    <p class="error" id={props.id}>
      <Icon of={CircleAlert} />
      <span>{props.error}</span>
    </p>
  </Show>
);

type Rest = Omit<FieldProps, 'children'>;
const fieldKeys = ['label', 'optional', 'hint', 'error', 'count'] as const;

export const TextField = (props: Rest & Omit<JSX.InputHTMLAttributes<HTMLInputElement>, keyof Rest>) => {
  const [field, input] = splitProps(props, fieldKeys);
  return (
    <Field {...field} name={input.name}>
      {(ids) => <input {...input} {...ids} class={`input ${input.class ?? ''}`} />}
    </Field>
  );
};

export const TextArea = (props: Rest & Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, keyof Rest>) => {
  const [field, input] = splitProps(props, fieldKeys);
  return (
    <Field {...field} name={input.name}>
      {(ids) => <textarea {...input} {...ids} class={`input ${input.class ?? ''}`} />}
    </Field>
  );
};

export interface Option {
  value: string;
  label: string;
}

interface SelectProps extends Rest {
  value: string;
  options: readonly Option[];
  /** The first, empty option: what to do, "Choose a place". Without it one option is always chosen. */
  placeholder?: string;
  onChange: (value: string) => void;
}

export const Select = (props: SelectProps) => (
  <Field {...props}>
    {(ids) => (
      <span class="select">
        <select
          {...ids}
          name={props.name}
          class="input"
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          <Show when={props.placeholder}>
            <option value="" selected={props.value === ''}>
              {props.placeholder}
            </option>
          </Show>
          <For each={props.options}>
            {(option) => (
              <option value={option.value} selected={props.value === option.value}>
                {option.label}
              </option>
            )}
          </For>
        </select>
      </span>
    )}
  </Field>
);

/** Options whose value is what people read. */
export const plainOptions = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: value }));
