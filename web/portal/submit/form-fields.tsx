import { type JSX, Match, Show, Switch } from 'solid-js';
import { assets, deviceTypes, issueTypes, locations, subCategories } from '../../../api/helpdesk/catalogue.ts';
import { textLimits } from '../../../api/helpdesk/form.schema.ts';
import { Select } from '../../ui/field.tsx';
import { BoundArea, BoundDay, BoundSelect, BoundText } from './bound-fields.tsx';
import { BudgetFields } from './budget-fields.tsx';
import type { Form } from './create-form.ts';

/** A group of fields under its own heading. */
export const FieldSet = (props: { legend: string; children: JSX.Element }) => (
  <fieldset class="set">
    <legend>{props.legend}</legend>
    {props.children}
  </fieldset>
);

/** The fields of the category, then the fields that every form has. */
export const FormFields = (props: { form: Form }) => (
  <>
    <Switch>
      <Match when={props.form.category === 'it_support'}>
        <SupportFields form={props.form} />
      </Match>
      <Match when={props.form.category === 'asset_check_in' || props.form.category === 'asset_check_out'}>
        <AssetFields form={props.form} />
      </Match>
      <Match when={props.form.category === 'budget_proposal'}>
        <BudgetFields form={props.form} />
      </Match>
    </Switch>
    <FieldSet legend="Tell us about it">
      <BoundText form={props.form} name="subject" max={textLimits.subject.max} hint="What you would say in one line." />
      <BoundArea
        form={props.form}
        name="description"
        max={textLimits.description.max}
        hint={descriptionHint(props.form)}
      />
      <Show when={props.form.category !== 'asset_check_out'}>
        <div class="pair">
          <BoundDay form={props.form} name="scheduledDate" optional />
        </div>
      </Show>
    </FieldSet>
  </>
);

const descriptionHint = (form: Form): string =>
  form.category === 'asset_check_out'
    ? 'What for, and anything that must be installed.'
    : 'What happened, or what you need.';

const SupportFields = (props: { form: Form }) => (
  <FieldSet legend="What it is about">
    <div class="pair">
      <BoundSelect
        form={props.form}
        name="subCategory"
        placeholder="Choose what it is about"
        values={subCategories.it_support}
      />
      <BoundSelect form={props.form} name="deviceType" placeholder="Choose a device" values={deviceTypes} />
    </div>
    <div class="pair">
      <Show when={props.form.draft.values.deviceType === 'Other'}>
        <BoundText form={props.form} name="otherDevice" hint="A word or two." />
      </Show>
      <BoundText form={props.form} name="softwareAffected" optional hint="The program, if it is one." />
    </div>
  </FieldSet>
);

const AssetFields = (props: { form: Form }) => {
  const values = () => props.form.draft.values;
  const devices = () => assets.filter((asset) => asset.type === values().subCategory);
  const isOut = () => props.form.category === 'asset_check_out';
  return (
    <>
      <FieldSet legend="Which device">
        <div class="pair">
          <BoundSelect
            form={props.form}
            name="subCategory"
            placeholder="Choose a kind"
            values={isOut() ? subCategories.asset_check_out : subCategories.asset_check_in}
            onSet={() => props.form.set('serial', '')}
          />
          <Select
            label="Device"
            name="serial"
            placeholder={values().subCategory === '' ? 'Choose a kind first' : 'Choose a device'}
            options={devices().map((asset) => ({ value: asset.serial, label: asset.name }))}
            value={values().serial}
            error={props.form.error('serial')}
            onChange={(serial) => props.form.set('serial', serial)}
          />
        </div>
        <div class="pair">
          <SerialField serial={values().serial} />
          <BoundSelect form={props.form} name="location" placeholder="Choose a place" values={locations} />
        </div>
      </FieldSet>
      <Show when={isOut()} fallback={<IssueFields form={props.form} />}>
        <FieldSet legend="For how long">
          <div class="pair">
            <BoundDay form={props.form} name="scheduledDate" optional />
            <BoundDay form={props.form} name="expectedReturnDate" />
          </div>
        </FieldSet>
      </Show>
    </>
  );
};

const SerialField = (props: { serial: string }) => (
  <div class="field">
    <label for="serial-number">Serial number</label>
    <input class="input mono" id="serial-number" readonly value={props.serial} aria-describedby="serial-hint" />
    <p class="hint" id="serial-hint">
      Filled in from the device you choose.
    </p>
  </div>
);

const IssueFields = (props: { form: Form }) => (
  <FieldSet legend="In what state">
    <div class="pair">
      <BoundSelect form={props.form} name="issueType" placeholder="Choose its condition" values={issueTypes} />
      <Show when={props.form.draft.values.issueType === 'Other'}>
        <BoundText form={props.form} name="otherIssue" />
      </Show>
    </div>
  </FieldSet>
);
