import type { deviceTypes, subCategories } from '../../api/helpdesk/catalogue.ts';
import type { Topic } from './topic.ts';

export type Device = (typeof deviceTypes)[number];

interface Problem {
  devices: readonly Device[];
  software: readonly string[];
  topics: readonly Topic[];
}

/** Real-sounding trouble for each kind of IT support. */
export const itProblems: Record<(typeof subCategories.it_support)[number], Problem> = {
  'Technical Assistance': {
    devices: ['Laptop', 'Monitor', 'Projector'],
    software: [],
    topics: [
      [
        'Second screen stays black in room {room}',
        'The screen shows no signal since {weekday}. I tried another cable and another port, both without luck.',
      ],
      [
        'Camera is not found in video calls',
        'Meetings start with a grey picture. The camera light is off, and the privacy cover is open.',
      ],
      [
        'Headset only plays on one side',
        'The left ear is silent in every program. The same headset works on a colleague’s laptop.',
      ],
    ],
  },
  'Software Installation/Update': {
    devices: ['Laptop'],
    software: ['Ledger Suite 9', 'PDF editor', 'Diagram tool', 'Statistics package'],
    topics: [
      [
        'Install the ledger client for {team}',
        'Two new people in {team} need the ledger client before month end. Their laptops have the standard image.',
      ],
      [
        'Update asks for an administrator',
        'The update window comes back every morning and wants an administrator’s name. Work stops until I close it.',
      ],
      [
        'PDF editor licence ran out',
        'The editor opens files read-only since {weekday}. I sign about ten contracts a week and need it back.',
      ],
    ],
  },
  'Hardware Troubleshooting': {
    devices: ['Laptop', 'Monitor', 'Other'],
    software: [],
    topics: [
      [
        'New docking station does not charge',
        'The laptop runs on battery although the dock is plugged in. Screen and network through the dock are fine.',
      ],
      [
        'Laptop turns off without warning',
        'It went off three times since {weekday}, each time at about half of the battery. Unsaved work was lost.',
      ],
      [
        'Keys stick on the laptop in room {room}',
        'The keys E and R repeat or do nothing. Nothing was spilled, and cleaning with air did not help.',
      ],
    ],
  },
  'Email/Account Access Issue': {
    devices: ['Laptop', 'Other'],
    software: ['Mail', 'Calendar', 'Payroll portal'],
    topics: [
      [
        'Mailbox is full, new mail bounces',
        'Senders get my mail back since {weekday}. I have moved what I could to the archive and still have no room.',
      ],
      [
        'Locked out after the password change',
        'The new password works on the phone but not on the laptop. After five tries the account was locked.',
      ],
      [
        'No access to the shared {team} mailbox',
        'I moved to {team} this week and cannot open the shared mailbox. My manager agrees in writing.',
      ],
    ],
  },
  'Internet/Network Connectivity Issue': {
    devices: ['Laptop', 'Printer'],
    software: ['VPN client'],
    topics: [
      [
        'VPN drops for the whole {team} floor',
        'The connection is lost every ten minutes and comes back by itself. It began on {weekday} for all of us.',
      ],
      [
        'No wireless network in room {room}',
        'Guests and staff lose the network as soon as the door closes. The corridor has full signal.',
      ],
      [
        'Very slow network at {site}',
        'Opening a shared file takes a minute since {weekday}. A speed test shows a tenth of the usual rate.',
      ],
    ],
  },
  'Printer/Scanner Setup or Issue': {
    devices: ['Printer'],
    software: ['Scan to mail'],
    topics: [
      [
        'Printer 2nd floor leaves grey stripes',
        'Every page has two grey stripes along the left edge. A new toner did not change it.',
      ],
      [
        'Scan to mail does not arrive',
        'The scanner says sent, but nothing comes in. Other people at {site} have the same trouble.',
      ],
      [
        'Paper jam in room {room}, tray 2',
        'Tray 2 jams on every third sheet. Tray 1 is fine, so we print by hand feed for now.',
      ],
    ],
  },
  'System Performance Issue': {
    devices: ['Laptop'],
    software: ['Ledger Suite 9', 'Spreadsheet'],
    topics: [
      [
        'Laptop needs ten minutes to start',
        'From power to desktop it takes ten minutes, and the fan runs at full speed. It was quick until {weekday}.',
      ],
      [
        'Month-end sheet freezes when it is saved',
        'The sheet of {team} has 40,000 rows and stops answering at each save. Last month it took seconds.',
      ],
      [
        'Screen sharing makes everything slow',
        'As soon as I share my screen, typing lags by seconds. Calls without sharing are fine.',
      ],
    ],
  },
  'Virus/Malware Check': {
    devices: ['Laptop', 'Other'],
    software: ['Virus scanner'],
    topics: [
      [
        'Opened an attachment I now doubt',
        'The file claimed to be an invoice and closed at once. I have pulled the network cable and wait for you.',
      ],
      [
        'Browser opens pages nobody asked for',
        'A shopping page comes up every few minutes since {weekday}. The home page has changed, too.',
      ],
      [
        'Scanner reports a quarantined file',
        'A warning shows a file in quarantine. I need to know whether my laptop can stay on the network.',
      ],
    ],
  },
  'IT Consultation Request': {
    devices: ['Laptop', 'Projector'],
    software: [],
    topics: [
      [
        'Which laptop for drawing plans?',
        '{site} will draw floor plans next quarter. We would like advice on a model before we ask for the budget.',
      ],
      [
        'Advice on sharing files with an auditor',
        'An outside auditor needs 2 GB of files until {weekday}. We want a way that is safe and leaves a trace.',
      ],
      [
        'Equipment for meetings from two sites',
        'We meet with {site} every week and half of the words get lost. What would help in room {room}?',
      ],
    ],
  },
  'Data Backup/Restore': {
    devices: ['Laptop', 'Other'],
    software: ['Shared drive', 'Backup agent'],
    topics: [
      [
        'Restore a folder deleted on {weekday}',
        'The folder “Claims” on the {team} drive was deleted by mistake. The state of the evening before would do.',
      ],
      [
        'Backup shows a red cross',
        'The backup icon is red since {weekday} and says that 12 days are missing. Nothing else changed.',
      ],
      [
        'Copy my files before the laptop is swapped',
        'I get a new laptop on {weekday}. About 30 GB of local project files must come along.',
      ],
    ],
  },
};
