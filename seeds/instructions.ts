import type { Category } from '../workflows/ticket/rules/words.ts';

/** What each step asks of its assignee. */
export interface Instructions {
  triage: string;
  resolve: string;
  finalize: string;
}

export const instructions: Record<Category, Instructions> = {
  it_support: {
    triage:
      'Read what fails and for whom. Check that device and kind of problem fit the description, then say in the note what the resolver should look at first.',
    resolve:
      'Find the cause and mend it, with the least access that does the job. Approve once it works for the employee; reject when something only they can tell is missing.',
    finalize: 'Ask the employee whether it works. Say in one plain sentence what was wrong and what was done.',
  },
  asset_check_in: {
    triage:
      'Compare the serial number with the register and read what is said to be wrong. Note whether the asset is on its way, at the front desk or still with the employee.',
    resolve:
      'Take the asset in, inspect it against its serial number, and record its state and what is missing. Reject when the asset that came is another one.',
    finalize: 'Make sure that the register shows the asset as returned and that nobody is charged for it any longer.',
  },
  asset_check_out: {
    triage:
      'Check that the asset is free until the return date and that the purpose is work. Note the place where it is to be handed over.',
    resolve:
      'Prepare the asset, record its state, and hand it over against a signature. Reject when it is not free, and name one that is.',
    finalize: 'Make sure that the register names the new assignee and the day of return.',
  },
  budget_proposal: {
    triage:
      'Check that each item has a cost element that fits the kind of budget and that the period is complete. Note what it is for in one sentence.',
    resolve:
      'Weigh the benefit against the funds that are left in this period, and ask for quotes where the amount needs them. Approve what can be paid, reject what cannot, and say why.',
    finalize:
      'Make sure that the amount is reserved under the right cost centre and that the requester knows the limit.',
  },
  general_request: {
    triage:
      'Find out what is wanted and who can do it. When it belongs to another category, say so in the note and ask for a new ticket.',
    resolve:
      'Do what was asked or arrange it, and note who is involved. Reject when the wish is not clear enough to act on.',
    finalize: 'Tell the requester what was arranged, and until when it holds.',
  },
};
