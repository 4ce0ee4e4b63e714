import { describe, expect, test } from 'vitest';
import { soundFacts } from './sound.fixture.ts';
import { again, sent, violationsIn } from './spoil.fixture.ts';

describe('K7', () => {
  test('every answer that breaks a promise is found', () => {
    const facts = soundFacts();
    facts.breaches.push('/api/me answered 500 {}');
    expect(violationsIn(facts)).toEqual(['K7 /api/me answered 500 {}']);
  });

  test('a ticket that was acknowledged is found from then on', () => {
    const facts = soundFacts();
    again(facts.operations, sent(facts, { kind: 'read' }), { status: 404, outcome: 'refused' });
    expect(violationsIn(facts)).toEqual(['K7 A was acknowledged and then not found']);
  });

  test('a look before the acknowledgement may find nothing', () => {
    const facts = soundFacts();
    const { started } = sent(facts, { kind: 'submit', ticket: 'A' });
    again(facts.operations, sent(facts, { kind: 'read' }), { status: 404, outcome: 'refused', started });
    expect(violationsIn(facts)).toEqual([]);
  });

  test('a ticket that was acknowledged is on its owner’s list', () => {
    const facts = soundFacts();
    again(facts.operations, sent(facts, { kind: 'list' }), { listed: ['D', 'B', 'A'] });
    expect(violationsIn(facts)).toEqual(['K7 C was acknowledged and then not on its owner’s list']);
  });

  test('a full list of newer tickets need not show it', () => {
    const facts = soundFacts();
    const last = sent(facts, { kind: 'list' });
    const { started } = last;
    for (let more = 0; more < 20; more += 1)
      again(facts.operations, sent(facts, { kind: 'submit', ticket: 'D' }), { started, ended: started });
    const listed = Array.from({ length: 20 }, (_, place) => `N${place}`);
    again(facts.operations, last, { listed, started: started + 50, ended: started + 60 });
    expect(violationsIn(facts)).toEqual([]);
  });
});
