import { describe, expect, test } from 'vitest';
import { randomOf } from '../../tests/inputs/generator/random.ts';
import { line, text } from './text.schema.ts';

const accepts = (schema: ReturnType<typeof text>, value: string): boolean => schema.safeParse(value).success;
const whyNot = (schema: ReturnType<typeof text>, value: string): string | undefined =>
  schema.safeParse(value).error?.issues[0]?.message;

describe('a text is kept', () => {
  test.each([
    ['trimmed', '  hello  ', 'hello'],
    ['in one form of Unicode', 'e\u0301clair', '\u00e9clair'],
    ['with its lines and tabs', 'one\n\ttwo', 'one\n\ttwo'],
    ['with one kind of line end', 'one\r\ntwo\rthree\u2028four\u2029five', 'one\ntwo\nthree\nfour\nfive'],
    ['without what turns it around', '\u202egnp.exe\u202c and \u2067more\u2069', 'gnp.exe and more'],
    ['without marks of a file', '\ufeffone \ufefftwo', 'one two'],
    ['with a space for each blank letter', 'one\u3164two\uffa0three\u2800four', 'one two three four'],
  ])('%s', (_how, given, kept) => {
    expect(text(1, 40).parse(given)).toBe(kept);
  });

  test('and a separator of lines becomes a space in a field of one line', () => {
    expect(line(1, 20).parse('one\u2028two\u2029three')).toBe('one two three');
  });
});

test('its length counts characters, not code units', () => {
  expect(accepts(text(5, 5), '👍👍👍👍👍')).toBe(true);
  expect(whyNot(text(1, 5), '👍👍👍👍👍👍')).toBe('Use at most 5 characters; these are 6.');
  expect(whyNot(text(1, 1_000), 'x'.repeat(1_234))).toBe('Use at most 1,000 characters; these are 1,234.');
});

const shortText = 'Use at least 3 characters.';
const blank = [
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\u00ad', '\u034f', '\u061c', '\u180e', '\u2062', '\u206a'],
  ...['\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u17b4', '\ufe0f', '\u{e0041}', '\u{e0100}', '\u{1d173}'],
  ...[' ', '\u00a0', '\u2003', '\u3000', '\u202e', '\u2067', '\ufeff', '\u2028'],
];

test.each(blank.map((character) => [`U+${character.codePointAt(0)?.toString(16)}`, character]))(
  'nothing but %s fills nothing in',
  (_code, character) => {
    expect(whyNot(line(3, 150), character.repeat(12))).toBe(shortText);
    expect(whyNot(line(1, 150), character.repeat(12))).toBe('Fill this in.');
    expect(whyNot(text(3, 150), `a${character.repeat(12)}b`), 'between two letters').toBe(
      /\s|[\u2800\u3164\uffa0]/.test(character) && character !== '\ufeff' ? undefined : shortText,
    );
  },
);

const lone = 'is an accent that belongs to no letter';
test.each([
  ['a NUL', 'hello\u0000', 'cannot be printed'],
  ['an escape', 'hello \u001b[31m', 'cannot be printed'],
  ['the line end of old mainframes', 'hello\u0085you', 'cannot be printed'],
  ['half of a surrogate pair', 'hello \ud83d', 'cannot be printed'],
  ['a number that is no character', 'hello \uffff', 'cannot be printed'],
  ['an accent at its beginning', '\u0301hello', 'begins with an accent'],
  ['nothing but accents', '\u0301\u0302\u0303', 'begins with an accent'],
  ['an accent after a space', 'hello \u0308you', `After “hello” ${lone}`],
  ['an accent in a line of its own', 'hello you\n\u0308', `After “you” ${lone}`],
  ['an accent behind what cannot be seen', 'hello \u200d\u20e3', `After “hello” ${lone}`],
  ['69 accents on one letter', `Zalgo${'\u0330'.repeat(69)}`, 'A letter “o” bears more than 8 marks'],
  ['as many with joiners between them', `Zalgo${'\u0330\u200d'.repeat(69)}`, 'bears more than 8 marks'],
])('it refuses %s', (_what, given, why) => {
  expect(whyNot(text(3, 200), given)).toContain(why);
});

test('a line has no line ends and no tabs', () => {
  for (const given of ['one\ntwo', 'one\rtwo', 'one\ttwo'])
    expect(whyNot(line(1, 20), given)).toBe('Keep this on one line.');
});

// Sentences as people write them: each is kept as it is.
const sentences = [
  'Der Drucker im 2. Stock klemmt – „schon wieder“, sagt Jürgen Groß.',
  'L’imprimante n’est pas prête : 3 ½ pages, coûte 12,50 €.',
  'Tiếng Việt: Máy in ở tầng hai bị kẹt giấy mỗi buổi sáng.',
  'Przełącznik źle działa; proszę o pomoc. İstanbul, ﬁ ſ ½ ①',
  'Принтер не работает, ещё с понедельника.',
  'Ο εκτυπωτής δεν λειτουργεί. Πώς;',
  'الطابعة لا تعمل في الطابق الثاني ٢، السلام عليكم.',
  'اَلْعَرَبِيَّةُ مَعَ الْحَرَكَاتِ',
  'המדפסת בקומה 2 לא עובדת. שָׁלוֹם עֲלֵיכֶם',
  'בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים',
  'प्रिंटर दूसरी मंज़िल पर काम नहीं कर रहा है। क्ष्म्य',
  'பிரிண்டர் வேலை செய்யவில்லை. കമ്പ്യൂട്ടർ പ്രവർത്തിക്കുന്നില്ല',
  'เครื่องพิมพ์ที่ชั้นสองใช้งานไม่ได้ น้ำ ผู้ใหญ่',
  'ម៉ាស៊ីនបោះពុម្ពមិនដំណើរការទេ',
  'ပုံနှိပ်စက် အလုပ်မလုပ်ပါ ကျွန်ုပ် ကြွေး',
  'དཔེ་སྐྲུན་འཕྲུལ་འཁོར་ཧྐྵྨླྺྼྻྂ',
  '二階のプリンターが動きません。ガギグゲゴ　全角空白',
  '打印机坏了，请帮忙。𠮷野家',
  '프린터가 고장났습니다. ㅋㅋㅋ',
  'Na\u0303o ha\u0301 \u25cc\u0301'.normalize('NFC'),
  '👩‍👩‍👧‍👦 🏳️‍🌈 1️⃣ #️⃣ 👍🏽 🇵🇭 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️ ☎️',
  'می‌خواهم \u200fשלום\u200e (RLM)',
  'x² + y³ ≤ ∑ √2 → ∞; `rm -rf`; <b>no</b>; C:\\temp\\a_b%20',
];

test.each(sentences)('it accepts %s', (sentence) => {
  expect(sentence.normalize('NFC')).toBe(sentence);
  expect(line(3, 150).parse(sentence)).toBe(sentence);
});

describe('of texts mixed from many scripts', () => {
  const random = randomOf(20_261_129);
  const words = sentences.flatMap((sentence) => sentence.split(/\s+/));
  const mixed = Array.from({ length: 400 }, () =>
    Array.from({ length: 1 + random.below(12) }, () => random.pick(words)).join(
      random.pick([' ', ', ', '\n', '\n\n', '　']),
    ),
  );
  const marks = ['\u0301', '\u0489', '\u20dd', '\u064b', '\u0e49'];

  test('each is kept as it is, and read again it stays so', () => {
    for (const given of mixed) {
      const kept = text(1, 2_000).parse(given);
      expect(kept).toBe(given.normalize('NFC').trim());
      expect(text(1, 2_000).parse(kept)).toBe(kept);
    }
  });

  test('none hides what turns text around, wherever it stands', () => {
    for (const given of mixed) {
      const letters = [...given];
      const at = random.below(letters.length + 1);
      const turned = letters.toSpliced(at, 0, random.pick(['\u202e', '\u202d', '\u2066', '\u2069', '\ufeff'])).join('');
      expect(text(1, 2_000).parse(turned)).toBe(text(1, 2_000).parse(given));
    }
  });

  test('none carries a crowd of marks, wherever it stands', () => {
    for (const given of mixed) {
      const letters = [...given.trim()];
      const at = 1 + random.below(letters.length);
      const crowded = letters.toSpliced(at, 0, random.pick(marks).repeat(10 + random.below(60))).join('');
      expect(whyNot(text(1, 2_000), crowded)).toMatch(/marks|accent/);
    }
  });

  test('what is accepted shows something and can be printed', () => {
    const odd = [...blank, ...marks, '\u0000', '\ud800', '\ufffe', 'a', 'ب', '字', '\n', '\t'];
    for (let round = 0; round < 3_000; round += 1) {
      const given = Array.from({ length: 1 + random.below(9) }, () => random.pick(odd)).join('');
      const { success, data } = text(1, 100).safeParse(given);
      if (!success) continue;
      expect(data.normalize('NFD')).toMatch(/[aب字]/u);
      expect(data.isWellFormed()).toBe(true);
      expect(text(1, 100).parse(data)).toBe(data);
    }
  });
});
