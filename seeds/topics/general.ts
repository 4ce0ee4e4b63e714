import type { Topic } from './topic.ts';

export const generalRequests: readonly Topic[] = [
  [
    'Question about the travel cost form',
    'The form asks for a cost centre that I cannot find. Which one is right for visits to {site}?',
  ],
  [
    'Room {room} for a workshop on {weekday}',
    'Twelve people from nine to four. We need a screen and would like the tables in a U.',
  ],
  [
    'Name plate for a new colleague',
    'He joins {team} on {weekday} and sits in room {room}. The spelling is in the staff list.',
  ],
  [
    'Parking space for visitors',
    'Three auditors come by car on {weekday}. Two spaces near the entrance would be enough.',
  ],
  [
    'Key for the cupboard in room {room}',
    'The last key went with a colleague who left. The folders of {team} are locked in.',
  ],
  [
    'Which policy holds for working abroad?',
    'I would like to work two weeks from my parents’ place in another country. Whom do I ask, and what is needed?',
  ],
  [
    'Move of five desks to {site}',
    'The {team} team moves on {weekday}. Desks, chairs and ten boxes; screens go by hand.',
  ],
  [
    'Minutes of the last site meeting',
    'I was away and cannot find the minutes of {site}. Where are they kept, and may I read them?',
  ],
  [
    'Poster for the first-aid day',
    'We need four posters in A2 by {weekday}. The file is ready, the print shop asks for an order.',
  ],
  [
    'Light flickers in room {room}',
    'The tube above the window flickers all day and gives people headaches. The switch was changed on {weekday}.',
  ],
];
