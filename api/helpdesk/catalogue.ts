// The choices in the forms. Codes are sent and stored; pages show the labels.

export const subCategories = {
  it_support: [
    'Technical Assistance',
    'Software Installation/Update',
    'Hardware Troubleshooting',
    'Email/Account Access Issue',
    'Internet/Network Connectivity Issue',
    'Printer/Scanner Setup or Issue',
    'System Performance Issue',
    'Virus/Malware Check',
    'IT Consultation Request',
    'Data Backup/Restore',
  ],
  asset_check_in: ['Laptop', 'Printer', 'Projector', 'Mouse', 'Keyboard'],
  asset_check_out: ['Laptop', 'Printer', 'Projector', 'Mouse', 'Keyboard'],
  budget_proposal: [
    'Capital Expenses (CapEx)',
    'Operational Expenses (OpEx)',
    'Reimbursement Claim (Liabilities)',
    'Charging Department (Cost Center)',
  ],
  general_request: [],
} as const;

export const deviceTypes = ['Laptop', 'Printer', 'Projector', 'Monitor', 'Other'] as const;

export const assets = [
  { type: 'Laptop', name: 'Dell Latitude 5420', serial: 'DL-2024-001' },
  { type: 'Laptop', name: 'HP ProBook 450 G9', serial: 'HP-2024-002' },
  { type: 'Laptop', name: 'Lenovo ThinkPad X1', serial: 'LN-2024-003' },
  { type: 'Printer', name: 'HP LaserJet Pro M404dn', serial: 'PR-2024-001' },
  { type: 'Printer', name: 'Canon imageCLASS MF445dw', serial: 'PR-2024-002' },
  { type: 'Projector', name: 'Epson PowerLite 2247U', serial: 'PJ-2024-001' },
  { type: 'Projector', name: 'BenQ MH535A', serial: 'PJ-2024-002' },
  { type: 'Mouse', name: 'Logitech MX Master 3', serial: 'MS-2024-001' },
  { type: 'Mouse', name: 'Microsoft Surface Mouse', serial: 'MS-2024-002' },
  { type: 'Keyboard', name: 'Logitech K380', serial: 'KB-2024-001' },
  { type: 'Keyboard', name: 'Microsoft Ergonomic Keyboard', serial: 'KB-2024-002' },
] as const;

export const locations = [
  'Main Office 1st Floor',
  'Main Office 2nd Floor',
  'Main Office 3rd Floor',
  'Branch Office North',
  'Branch Office South',
  'Warehouse',
  'Remote/Home Office',
] as const;

/** The condition of a device that comes back. */
export const issueTypes = [
  'Good, No Issues',
  'Not Functioning',
  'Missing Accessories',
  'Physical Damage',
  'Battery Issue',
  'Software Issue',
  'Screen/Display Issue',
  'Other',
] as const;

export const costElements = {
  'Capital Expenses (CapEx)': ['Equipment', 'Software', 'Furniture'],
  'Operational Expenses (OpEx)': ['Utilities', 'Supplies', 'IT Services', 'Software Subscriptions'],
  'Reimbursement Claim (Liabilities)': ['Payable', 'Loans'],
  'Charging Department (Cost Center)': [
    'IT Operations',
    'System Development',
    'Infrastructure & Equipment',
    'Training and Seminars',
  ],
} as const;

/** Estimated cost in whole Philippine pesos; `from` and `to` are included. `to: null` means no upper limit. */
export const costRanges = [
  { code: '0-10000', from: 0, to: 10_000 },
  { code: '10001-50000', from: 10_001, to: 50_000 },
  { code: '50001-100000', from: 50_001, to: 100_000 },
  { code: '100001-500000', from: 100_001, to: 500_000 },
  { code: '500001-1000000', from: 500_001, to: 1_000_000 },
  { code: '1000001+', from: 1_000_001, to: null },
] as const;

/** The range of a proposal's total in pesos; `to` is null when an item has no upper limit. */
export const totalOf = (items: { estimatedCost: string }[]): { from: number; to: number | null } =>
  items.reduce<{ from: number; to: number | null }>(
    (sum, item) => {
      const range = costRanges.find((candidate) => candidate.code === item.estimatedCost);
      if (!range) return sum;
      return { from: sum.from + range.from, to: sum.to === null || range.to === null ? null : sum.to + range.to };
    },
    { from: 0, to: 0 },
  );
