// Within the years that a form takes.
export const someDay = `${new Date().getFullYear() + 1}-01-31`;

const common = {
  subject: 'Printer at the front desk',
  description: 'It pulls three sheets at once and jams every time.',
};

/** Each category's form with every field that it has. */
export const forms = {
  it_support: {
    category: 'it_support',
    ...common,
    subCategory: 'Printer/Scanner Setup or Issue',
    deviceType: 'Other',
    otherDevice: 'Label printer',
    softwareAffected: 'Warehouse client 4.2',
    scheduledDate: someDay,
  },
  asset_check_in: {
    category: 'asset_check_in',
    ...common,
    subCategory: 'Printer',
    serial: 'PR-2024-001',
    location: 'Remote/Home Office',
    issueType: 'Other',
    otherIssue: 'It smells of smoke',
    scheduledDate: someDay,
  },
  asset_check_out: {
    category: 'asset_check_out',
    ...common,
    subCategory: 'Laptop',
    serial: 'DL-2024-001',
    location: 'Warehouse',
    expectedReturnDate: someDay,
    scheduledDate: someDay,
  },
  budget_proposal: {
    category: 'budget_proposal',
    ...common,
    subCategory: 'Capital Expenses (CapEx)',
    items: [
      { costElement: 'Equipment', estimatedCost: '0-10000', description: 'Two label printers' },
      { costElement: 'Software', estimatedCost: '1000001+', description: 'Warehouse client, five years' },
    ],
    performanceStart: someDay,
    performanceEnd: someDay,
    preparedBy: 'Ana Reyes',
    scheduledDate: someDay,
  },
  general_request: { category: 'general_request', ...common, scheduledDate: someDay },
} as const;
