import { A } from '@solidjs/router';
import FileChartColumn from 'lucide-solid/icons/file-chart-column';
import MessagesSquare from 'lucide-solid/icons/messages-square';
import MonitorCog from 'lucide-solid/icons/monitor-cog';
import PackageCheck from 'lucide-solid/icons/package-check';
import PackageOpen from 'lucide-solid/icons/package-open';
import { For } from 'solid-js';
import type { Category } from '../../workflows/ticket/rules/words.ts';
import { categoryWords } from '../lib/labels.ts';
import { Icon, type LucideIcon } from '../ui/icon.tsx';

/** The icon and words of a category on the employee's pages. */
export const categoryCards: Record<Category, { icon: LucideIcon; does: string; heading: string }> = {
  it_support: { icon: MonitorCog, does: 'Something is broken, slow or missing', heading: 'Get help with IT' },
  asset_check_out: {
    icon: PackageOpen,
    does: 'Borrow a laptop, projector or other device',
    heading: 'Borrow a device',
  },
  asset_check_in: { icon: PackageCheck, does: 'Give a device back or report damage', heading: 'Give a device back' },
  budget_proposal: {
    icon: FileChartColumn,
    does: 'Ask for money for a project or purchase',
    heading: 'Propose a budget',
  },
  general_request: { icon: MessagesSquare, does: 'Anything else, in plain words', heading: 'Ask for anything else' },
};

const cardOrder: Category[] = ['it_support', 'asset_check_out', 'asset_check_in', 'budget_proposal', 'general_request'];

export const CategoryCards = () => (
  <div class="cats">
    <For each={cardOrder}>
      {(category) => (
        <A class="cat" href={`/help/new/${category}`}>
          <Icon of={categoryCards[category].icon} />
          <b>{categoryWords[category]}</b>
          <span>{categoryCards[category].does}</span>
        </A>
      )}
    </For>
  </div>
);
