import type { assets, issueTypes } from '../../api/helpdesk/catalogue.ts';
import type { Topic } from './topic.ts';

export type AssetType = (typeof assets)[number]['type'];
type Issue = (typeof issueTypes)[number];

/** An asset that comes back, with what is wrong with it. */
export const checkIns: Record<AssetType, readonly { issue: Issue; other?: string; topic: Topic }[]> = {
  Laptop: [
    {
      issue: 'Screen/Display Issue',
      topic: [
        'Return of a laptop with a cracked screen',
        'The lower left corner is cracked after a fall. It starts, and my files are saved on the shared drive.',
      ],
    },
    {
      issue: 'Battery Issue',
      topic: [
        'Laptop back, battery lasts 20 minutes',
        'I have my new laptop. The old one works on the charger only; bag and charger come with it.',
      ],
    },
    {
      issue: 'Missing Accessories',
      topic: [
        'Laptop from {team}, charger is missing',
        'The person who had it has left. The laptop lies in room {room}, the charger could not be found.',
      ],
    },
    {
      issue: 'Good, No Issues',
      topic: [
        'Laptop of the summer intern',
        'The contract ended on {weekday}. Laptop, bag and charger are complete and in good shape.',
      ],
    },
  ],
  Printer: [
    {
      issue: 'Not Functioning',
      topic: [
        'Printer from room {room} can be collected',
        'It does not draw paper any more, and we use the one in the corridor now. Toner is still in it.',
      ],
    },
    {
      issue: 'Physical Damage',
      topic: [
        'Printer with a broken cover',
        'The cover broke when the room was moved to {site}. It prints, but the sensor says that it is open.',
      ],
    },
  ],
  Projector: [
    {
      issue: 'Not Functioning',
      topic: [
        'Projector lamp warning before the board meeting',
        'The lamp light blinks red and the picture is brown. We need another one; this one comes back.',
      ],
    },
    {
      issue: 'Missing Accessories',
      topic: [
        'Projector back from the fair, no remote',
        'It was used for three days at the fair and works. The remote control stayed behind.',
      ],
    },
  ],
  Mouse: [
    {
      issue: 'Battery Issue',
      topic: [
        'Wireless mouse does not hold a charge',
        'It is empty after an hour. I have changed the cable and the port, and it made no difference.',
      ],
    },
    {
      issue: 'Not Functioning',
      topic: [
        'Check in: mouse with a dead wheel',
        'The wheel turns without scrolling. The rest works, so somebody may want it for parts.',
      ],
    },
  ],
  Keyboard: [
    {
      issue: 'Physical Damage',
      topic: [
        'Keyboard after a coffee, room {room}',
        'Half of the number keys stopped working. It has been dried for two days without a change.',
      ],
    },
    {
      issue: 'Software Issue',
      topic: [
        'Keyboard pairs with the wrong laptop',
        'It connects to my neighbour’s laptop every morning. We reset both; please check it before the next person.',
      ],
    },
  ],
};

/** An asset that somebody needs for a while. */
export const checkOuts: Record<AssetType, readonly Topic[]> = {
  Laptop: [
    [
      'Laptop for the field audit, {site}',
      'The audit begins on {weekday} and takes two weeks. It needs the standard image and the VPN client.',
    ],
    [
      'Laptop for a new colleague in {team}',
      'She starts on {weekday} in room {room}. A standard image is enough; accounts are on their way.',
    ],
    [
      'Spare laptop while mine is repaired',
      'Mine goes to the workshop on {weekday}. I need one that can reach the shared drive and mail.',
    ],
  ],
  Printer: [
    [
      'Printer for the enrolment week',
      'We print about 400 forms at {site} and the fixed one is too far from the desk. One week is enough.',
    ],
    [
      'Small printer for room {room}',
      'The {team} team signs contracts there and needs one beside the table until the move.',
    ],
  ],
  Projector: [
    [
      'Projector for the quarterly meeting',
      'Sixty people in the hall of {site} on {weekday}. We have a screen and need a cable of ten metres.',
    ],
    [
      'Projector for the safety training',
      'Three afternoons from {weekday} on, room {room}. We bring it back after the last one.',
    ],
  ],
  Mouse: [
    [
      'Mouse for the desk in room {room}',
      'The shared desk has none, and people use the touchpad all day. A plain one is fine.',
    ],
    [
      'Ergonomic mouse on the doctor’s advice',
      'My wrist hurts after long days with sheets. The note of the doctor is with my manager.',
    ],
  ],
  Keyboard: [
    [
      'Keyboard with a number pad',
      'I enter claims all day for {team}, and the laptop has no number pad. Cable or wireless, both are fine.',
    ],
    [
      'Keyboard for the counter at {site}',
      'The counter shares one laptop. A keyboard would spare everybody the reach across it.',
    ],
  ],
};
