import { For, Show } from 'solid-js';
import { costRanges, totalOf } from '../../api/helpdesk/catalogue.ts';
import type { TicketView } from '../../api/helpdesk/ticket.schema.ts';
import { budgetItems, costWords } from '../lib/form-facts.ts';

const rangeWords = (code: string): string => {
  const range = costRanges.find((candidate) => candidate.code === code);
  return range ? costWords(range) : code;
};

/** The items of a budget proposal and their total; nothing for other forms. */
export const BudgetItems = (props: { form: TicketView['form'] }) => (
  <Show when={budgetItems(props.form).length > 0}>
    <section class="scroll-x" aria-label="Items of the budget" tabindex="0">
      <table class="table items">
        <thead>
          <tr>
            <th scope="col">Cost element</th>
            <th scope="col">What for</th>
            <th scope="col">Estimated cost</th>
          </tr>
        </thead>
        <tbody>
          <For each={budgetItems(props.form)}>
            {(item) => (
              <tr>
                <th scope="row">{item.costElement}</th>
                <td>{item.description}</td>
                <td class="num">{rangeWords(item.estimatedCost)}</td>
              </tr>
            )}
          </For>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="2">
              Total
            </th>
            <td class="num">{costWords(totalOf(budgetItems(props.form)))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  </Show>
);
