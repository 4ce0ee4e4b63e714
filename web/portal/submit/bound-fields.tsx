import { type DayField, daysOffered } from '../../../api/helpdesk/form-days.ts';
import { lengthOf } from '../../../api/http/written-text.ts';
import { todayHere } from '../../lib/time.ts';
import { Select, TextArea, TextField } from '../../ui/field.tsx';
import type { Form } from './create-form.ts';
import type { FieldName } from './draft.ts';
import { labelFor } from './form-errors.ts';

interface Bound {
  form: Form;
  name: FieldName;
  hint?: string;
  optional?: boolean;
}

export const BoundText = (props: Bound & { max?: number }) => (
  <TextField
    label={labelFor(props.form.category, props.name)}
    name={props.name}
    hint={props.hint}
    optional={props.optional}
    autocomplete="off"
    value={props.form.draft.values[props.name]}
    error={props.form.error(props.name)}
    count={props.max ? { used: lengthOf(props.form.draft.values[props.name]), of: props.max } : undefined}
    onInput={(event) => props.form.set(props.name, event.currentTarget.value)}
  />
);

export const BoundArea = (props: Bound & { max: number }) => (
  <TextArea
    label={labelFor(props.form.category, props.name)}
    name={props.name}
    hint={props.hint}
    rows={4}
    value={props.form.draft.values[props.name]}
    error={props.form.error(props.name)}
    count={{ used: lengthOf(props.form.draft.values[props.name]), of: props.max }}
    onInput={(event) => props.form.set(props.name, event.currentTarget.value)}
  />
);

/** A day; the calendar offers those that fit the other days of the form. */
export const BoundDay = (props: Bound & { name: DayField }) => {
  const offered = () => daysOffered(props.form.category, props.name, props.form.draft.values, todayHere());
  return (
    <TextField
      label={labelFor(props.form.category, props.name)}
      name={props.name}
      type="date"
      hint={props.hint}
      optional={props.optional}
      min={offered().min}
      max={offered().max}
      value={props.form.draft.values[props.name]}
      error={props.form.error(props.name)}
      onInput={(event) => props.form.set(props.name, event.currentTarget.value)}
    />
  );
};

interface BoundSelectProps extends Bound {
  placeholder: string;
  values: readonly string[];
  /** After the value is set: for a field that depends on this one. */
  onSet?: (value: string) => void;
}

export const BoundSelect = (props: BoundSelectProps) => (
  <Select
    label={labelFor(props.form.category, props.name)}
    name={props.name}
    hint={props.hint}
    placeholder={props.placeholder}
    options={props.values.map((value) => ({ value, label: value }))}
    value={props.form.draft.values[props.name]}
    error={props.form.error(props.name)}
    onChange={(value) => {
      props.form.set(props.name, value);
      props.onSet?.(value);
    }}
  />
);
