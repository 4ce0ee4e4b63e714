import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { Index, Show } from 'solid-js';
import { costElements, costRanges, subCategories, totalOf } from '../../../api/helpdesk/catalogue.ts';
import { lengthOf } from '../../../api/http/written-text.ts';
import { costWords } from '../../lib/form-facts.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError, plainOptions, Select, TextField } from '../../ui/field.tsx';
import { BoundDay, BoundSelect, BoundText } from './bound-fields.tsx';
import type { Form } from './create-form.ts';
import type { ItemDraft } from './draft.ts';
import { FieldSet } from './form-fields.tsx';

const maxItems = 20;
const ranges = costRanges.map((range) => ({ value: range.code, label: costWords(range) }));

/** The cost elements of the chosen kind; none before one is chosen. */
const elementsOf = (kind: string): readonly string[] =>
  Object.entries(costElements).find(([name]) => name === kind)?.[1] ?? [];

export const BudgetFields = (props: { form: Form }) => (
  <>
    <FieldSet legend="What kind of budget">
      <BoundSelect
        form={props.form}
        name="subCategory"
        placeholder="Choose a kind"
        values={subCategories.budget_proposal}
        onSet={props.form.clearElements}
      />
    </FieldSet>
    <FieldSet legend="What it costs">
      <Items form={props.form} />
    </FieldSet>
    <FieldSet legend="When the money is spent">
      <div class="pair">
        <BoundDay form={props.form} name="performanceStart" />
        <BoundDay form={props.form} name="performanceEnd" />
      </div>
      <BoundText form={props.form} name="preparedBy" />
    </FieldSet>
  </>
);

const Items = (props: { form: Form }) => {
  const chosen = () => props.form.draft.items.filter((item) => item.estimatedCost !== '');
  return (
    <div class="items" id="items" tabindex="-1">
      <Index each={props.form.draft.items}>
        {(item, index) => <Item form={props.form} item={item()} index={index} />}
      </Index>
      <div class="field" classList={{ bad: Boolean(props.form.error('items')) }}>
        <FieldError id="items-error" error={props.form.error('items')} />
      </div>
      <div class="sum">
        <Button
          size="small"
          icon={Plus}
          disabled={props.form.draft.items.length >= maxItems}
          onClick={props.form.addItem}
        >
          Add an item
        </Button>
        <p aria-live="polite">
          <Show when={chosen().length > 0} fallback={<span class="muted">The total appears here.</span>}>
            Total <b>{costWords(totalOf(chosen()))}</b>
          </Show>
        </p>
      </div>
    </div>
  );
};

const Item = (props: { form: Form; item: ItemDraft; index: number }) => {
  const path = (name: keyof ItemDraft) => `items.${props.index}.${name}`;
  const elements = () => elementsOf(props.form.draft.values.subCategory);
  return (
    <section class="item" aria-label={`Item ${props.index + 1}`}>
      <header>
        <b>Item {props.index + 1}</b>
        <Show when={props.form.draft.items.length > 1}>
          <Button
            kind="quiet"
            size="small"
            square
            icon={X}
            label={`Remove item ${props.index + 1}`}
            onClick={() => props.form.removeItem(props.index)}
          />
        </Show>
      </header>
      <div class="pair">
        <Select
          label="Cost element"
          name={path('costElement')}
          placeholder={elements().length === 0 ? 'Choose a kind of budget first' : 'Choose a cost element'}
          options={plainOptions(elements())}
          value={props.item.costElement}
          error={props.form.error(path('costElement'))}
          onChange={(value) => props.form.setItem(props.index, 'costElement', value)}
        />
        <Select
          label="Estimated cost"
          name={path('estimatedCost')}
          placeholder="Choose a range"
          options={ranges}
          value={props.item.estimatedCost}
          error={props.form.error(path('estimatedCost'))}
          onChange={(value) => props.form.setItem(props.index, 'estimatedCost', value)}
        />
      </div>
      <TextField
        label="What for"
        name={path('description')}
        autocomplete="off"
        value={props.item.description}
        error={props.form.error(path('description'))}
        count={{ used: lengthOf(props.item.description), of: 100 }}
        onInput={(event) => props.form.setItem(props.index, 'description', event.currentTarget.value)}
      />
    </section>
  );
};
