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
    scheduledDate: '2099-01-31',
  },
  asset_check_in: {
    category: 'asset_check_in',
    ...common,
    subCategory: 'Printer',
    serial: 'PR-2024-001',
    location: 'Remote/Home Office',
    issueType: 'Other',
    otherIssue: 'It smells of smoke',
    scheduledDate: '2099-01-31',
  },
  asset_check_out: {
    category: 'asset_check_out',
    ...common,
    subCategory: 'Laptop',
    serial: 'DL-2024-001',
    location: 'Warehouse',
    expectedReturnDate: '2099-01-31',
    scheduledDate: '2099-01-31',
  },
  budget_proposal: {
    category: 'budget_proposal',
    ...common,
    subCategory: 'Capital Expenses (CapEx)',
    items: [
      { costElement: 'Equipment', estimatedCost: '0-10000', description: 'Two label printers' },
      { costElement: 'Software', estimatedCost: '1000001+', description: 'Warehouse client, five years' },
    ],
    performanceStart: '2099-01-31',
    performanceEnd: '2099-01-31',
    preparedBy: 'Ana Reyes',
    scheduledDate: '2099-01-31',
  },
  general_request: { category: 'general_request', ...common, scheduledDate: '2099-01-31' },
} as const;
