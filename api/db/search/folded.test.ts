import { describe, expect, test } from 'vitest';
import { folded } from './folded.ts';
import { soughtBy } from './sought.ts';

describe('texts that people take for the same have one spelling', () => {
  test.each([
    ['capitals', 'Printer', 'PRINTER', 'pRiNtEr'],
    ['accents, composed or not', 'Élodie Muñoz', 'elodie munoz', 'E\u0301lodie Mun\u0303oz'],
    ['ß', 'Straße', 'STRASSE', 'STRAẞE', 'strasse'],
    ['letters that Unicode does not take apart', 'Łódź, Ærø, Øre', 'lodz, aero, ore'],
    ['a dotted and a dotless i', 'İSTANBUL', 'istanbul', 'ıstanbul'],
    ['the two forms of sigma', 'ΟΔΟΣ', 'οδος', 'οδός'],
    [
      'quotes',
      'can’t open “Ledger”',
      'can\'t open "ledger"',
      'cant open ledger',
      'can`t open „Ledger‟',
      'can´t open «Ledger»',
    ],
    ['hyphens', 'e-mail', 'e‑mail', 'e–mail', 'e—mail', 'e−mail', 'e\u00admail', 'e－mail', 'email'],
    ['full-width and other forms', 'ＴＸ２０２６', 'tx2026'],
    ['ligatures, fractions, signs', 'ﬁle № ½', 'file no 1⁄2'],
    ['spaces', 'dock\u00a0and\u3000port ', ' dock  and\nport'],
    ['what takes no room', 'dock\u200b\u200ding', 'docking'],
  ])('%s', (_what, first, ...others) => {
    for (const other of others) expect(folded(other)).toBe(folded(first));
  });

  test.each([
    ['が', 'か'],
    ['नि', 'न'],
    ['กี', 'ก'],
    ['한', '하'],
  ])('but the marks of other scripts make another letter: %s is not %s', (one, other) => {
    expect(folded(one)).not.toBe(folded(other));
  });

  test('folding twice changes nothing more', () => {
    for (const text of ['Ærø ½ №', '´¨’e\u0301', 'İß', '﹘－‐', 'Ǆ ℂ ㎏'])
      expect(folded(folded(text))).toBe(folded(text));
  });
});

describe('a ticket number is found as people write it', () => {
  test.each([
    'TX20261123004098',
    'tx20261123004098',
    '[TX20261123004098]',
    '(TX20261123004098),',
    'TX20261123004098.',
    'TX-20261123-004098',
    'ＴＸ２０２６１１２３００４０９８',
    '“TX20261123004098”',
    'https://help.example.com/help/tickets/TX20261123004098',
    'https://help.example.com/desk/tickets/TX20261123004098?queue=all&status=resolved,closed#top',
    '<https://help.example.com/review/TX20261123004098>;',
  ])('%s', (written) => {
    expect(soughtBy(written)).toEqual([['tx20261123004098']]);
  });

  test('in the subject of a mail: its other words do not count', () => {
    expect(soughtBy('Re: [TX20261123004098] We have taken it on')).toEqual([['tx20261123004098']]);
  });

  test('several numbers find several tickets', () => {
    expect(soughtBy('TX20261123004098, [TX20261123004099]; TX20261123004098')).toEqual([
      ['tx20261123004098', 'tx20261123004099'],
    ]);
  });

  test('by its last digits', () => {
    expect(soughtBy('#004098')).toEqual([['004098']]);
  });
});

describe('the words of a search', () => {
  test('a hyphenated word is sought together and apart', () => {
    expect(soughtBy('check‑in DL-2024-001')).toEqual([
      ['checkin', 'check in'],
      ['dl2024001', 'dl 2024 001'],
    ]);
  });

  test('a word given twice counts once', () => {
    expect(soughtBy('Dock dock, DOCK')).toEqual([['dock']]);
  });

  test.each(['"', '’', '-', ' – ', '()', '[,]', '...', '!?', '\u200b'])('%j has none', (q) => {
    expect(soughtBy(q)).toEqual([]);
  });

  test.each([
    ['100%', '100%'],
    ['c:\\temp', 'c:\\temp'],
    ['a_b|c', 'a_b|c'],
    ['why?', 'why'],
    ['clara.oneil@example.com', 'clara.oneil@example.com'],
  ])('other marks are taken as they are: %s', (q, word) => {
    expect(soughtBy(q)).toEqual([[word]]);
  });
});
