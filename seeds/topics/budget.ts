import type { costElements, subCategories } from '../../api/helpdesk/catalogue.ts';
import type { Topic } from './topic.ts';

type Kind = (typeof subCategories.budget_proposal)[number];

interface Proposal<Of extends Kind> {
  topics: readonly Topic[];
  /** What an item is called, under the cost element that it belongs to. */
  items: readonly (readonly [(typeof costElements)[Of][number], string])[];
}

export const proposals: { [Of in Kind]: Proposal<Of> } = {
  'Capital Expenses (CapEx)': {
    items: [
      ['Equipment', 'Workstations with two screens'],
      ['Equipment', 'Server for the archive'],
      ['Furniture', 'Shelving, two rows'],
      ['Furniture', 'Desks, height adjustable'],
      ['Software', 'Licences, bought once'],
    ],
    topics: [
      [
        'Shelving for {site}, two quotes at hand',
        'Boxes stand in the aisle since the move. Both quotes are from this month; delivery takes three weeks.',
      ],
      [
        'Six workstations for {team}',
        'The present ones are seven years old and out of warranty. Prices are from the frame contract.',
      ],
      [
        'New archive server',
        'The old one is full in March at the present rate. One server with room for five years is proposed.',
      ],
    ],
  },
  'Operational Expenses (OpEx)': {
    items: [
      ['Software Subscriptions', 'Subscription, 25 seats'],
      ['Supplies', 'Toner and paper'],
      ['Supplies', 'Labels and envelopes'],
      ['IT Services', 'Support contract, one year'],
      ['Utilities', 'Mobile data, 10 cards'],
    ],
    topics: [
      [
        'Renewal of the diagram tool, 25 seats',
        'The subscription ends next month. Use was counted: 23 of 25 seats had a user in the last 30 days.',
      ],
      [
        'Supplies for {site}, next quarter',
        'Toner, paper and labels for three printers, as in the last quarter plus five percent.',
      ],
      [
        'Mobile data for the {team} team',
        'Ten people visit clients four days a week and use their own phones for data today.',
      ],
    ],
  },
  'Reimbursement Claim (Liabilities)': {
    items: [
      ['Payable', 'Train and taxi'],
      ['Payable', 'Hotel, two nights'],
      ['Payable', 'Adapter bought on the way'],
      ['Loans', 'Advance paid for the visa'],
    ],
    topics: [
      [
        'Travel to {site}, receipts at hand',
        'Train and two nights for the system change on {weekday}. All receipts are scanned and in order.',
      ],
      [
        'Adapters bought for the client meeting',
        'The room had no fitting port, so I bought two adapters on the way. The receipt is dated {weekday}.',
      ],
    ],
  },
  'Charging Department (Cost Center)': {
    items: [
      ['Training and Seminars', 'Course fee, 4 people'],
      ['Training and Seminars', 'Trainer for two days'],
      ['System Development', 'Hours of the platform team'],
      ['Infrastructure & Equipment', 'Cabling of one floor'],
      ['IT Operations', 'Night shift during the move'],
    ],
    topics: [
      [
        'Budget for the ledger training, 4 people',
        'Four people from {team} take the course before the new ledger goes live. Fee and trainer only.',
      ],
      [
        'Cabling of {site}, share of {team}',
        'The floor is cabled anew, and {team} uses a third of the ports. The share follows the plan.',
      ],
      [
        'Platform hours for the claims page',
        'The page needs forty hours of the platform team, to be charged to {team} as agreed on {weekday}.',
      ],
    ],
  },
};
