/** What people write when they move a seeded ticket. */
export const notes = {
  triage: [
    'Complete and in the right category. Look at the device first.',
    'Checked with the requester by phone: it is as described.',
    'All details are there. Nothing stands against it.',
    'Seen twice this month; the earlier ticket may help.',
  ],
  resolve: [
    'Done and tried together with the requester.',
    'Prepared as asked; it can be handed over today.',
    'Cause found and mended. It has run for an hour without trouble.',
    'Checked against the register, everything matches.',
  ],
  sendBack: [
    'The serial number is that of another device. Ask again, then send it back to me.',
    'It is not clear who pays for it. The cost centre is needed.',
    'Two requests in one. Say which one comes first.',
  ],
  finalize: [
    'Records are up to date and the requester knows.',
    'Confirmed with the requester this morning.',
    'Nothing is left to do; the note is in the record.',
  ],
  reject: [
    'There is an open ticket about the same thing. Follow that one.',
    'This belongs to the facilities team; they have been told.',
    'Without a device and a place nobody can act on it. Send it again with both.',
  ],
  withdraw: [
    'It works again since this morning.',
    'My manager has arranged it in another way.',
    'Sent by mistake, sorry.',
  ],
} as const;
export type Note = keyof typeof notes;
