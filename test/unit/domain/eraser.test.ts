import { describe, expect, it } from 'vitest';
import { itemKinds } from '../../../domain/nouns.ts';
import { sparing } from '../../../domain/person-data/about-person.ts';
import { eraserOf, isPseudonym, newPseudonym } from '../../../domain/person-data/eraser.ts';
import { partitionPatterns } from '../../../domain/table/layout.ts';

const pseudonym = 'user_erased_0123456789abcdef';
const address = `${pseudonym}@erased.invalid`;
const erase = eraserOf({
  userId: 'user_1',
  emails: ['ann.lee@example.com'],
  names: ['Ann Lee', 'Ann'],
  pseudonym,
});

describe('what an erasure may do to the table', () => {
  const inKey = /\{(?:userId|email|operatorId|key)\}/;
  const bookkeeping = itemKinds.filter(
    ({ key, trail, exported, isPlatforms }) =>
      inKey.test(key.join()) && trail === undefined && exported !== 'as trail' && isPlatforms !== true,
  );

  it.each(bookkeeping.map(({ name, key }) => [name, key[0]]))(
    'includes putting %s under another key',
    (_, partition) => {
      const pattern = partition.replace('{organizationId}', 'org_*').replaceAll(/\{\w+\}/g, '*');
      expect(partitionPatterns.keyedByPerson).toContain(pattern);
    },
  );
});

describe('what is left when somebody is erased', () => {
  it('has a pseudonym for their id in what a run for them is called', () => {
    expect(erase({ requestId: 'person-user_1', other: 'person-user_12' })).toEqual({
      requestId: `person-${pseudonym}`,
      other: 'person-user_12',
    });
  });

  it('has a pseudonym for their id, also within keys, and for nobody else’s', () => {
    expect(
      erase({
        pk: 'org_1#assigned#user_1',
        resource: 'teamMember/team_1#member#user_1',
        assigneeIds: ['user_12', 'user_1'],
        kept: new Set(['user_1', 'user_11']),
        names: { user_1: 'Ann', user_12: 'Bo' },
      }),
    ).toEqual({
      pk: `org_1#assigned#${pseudonym}`,
      resource: `teamMember/team_1#member#${pseudonym}`,
      assigneeIds: ['user_12', pseudonym],
      kept: new Set([pseudonym, 'user_11']),
      names: { [pseudonym]: pseudonym, user_12: 'Bo' },
    });
  });

  it('has it for their addresses wherever they are written, and for full names in text that is about them', () => {
    expect(erase('Ask Ann Lee (Ann.Lee@example.com) or joann.lee@example.com.')).toBe(
      `Ask ${pseudonym} (${address}) or joann.lee@example.com.`,
    );
    expect(erase({ by: 'user_1', text: 'Ann Lee, for Ann Leeson and Annex' })).toEqual({
      by: pseudonym,
      text: `${pseudonym}, for Ann Leeson and Annex`,
    });
    const others = { by: 'user_2', text: 'Ann Lee' };
    expect(erase(others)).toEqual(others);
  });

  it('keeps what other things are called, also beside their id', () => {
    expect(
      erase({
        resource: 'kpi/kpi_1',
        names: { user_1: 'Ann', kpi_1: 'Ann Lee' },
        details: { after: { ownerId: 'user_1', name: 'Ann Lee', unit: 'Ann Lee', description: 'Ann Lee' } },
      }),
    ).toEqual({
      resource: 'kpi/kpi_1',
      names: { [pseudonym]: pseudonym, kpi_1: 'Ann Lee' },
      details: {
        after: { ownerId: pseudonym, name: 'Ann Lee', unit: 'Ann Lee', description: pseudonym },
      },
    });
  });

  it.each(['of the', 'the quarterly target', 'Revenue 2026', 'Q3 – Net', 'x'.repeat(5000)])(
    'keeps a phrase that somebody took for a name: %s',
    (phrase) => {
      const of = { userId: 'user_1', emails: [], pseudonym };
      const text = `We discussed ${phrase} with them.`;
      expect(eraserOf({ ...of, names: [phrase] })({ by: 'user_1', byName: phrase, text })).toEqual({
        by: pseudonym,
        byName: pseudonym,
        text,
      });
    },
  );

  it.each([
    'Ann Lee',
    'Ursula von der Leyen',
    'Anne-Marie O’Neil',
    'Jean d’Arc',
    'J. R. R. Tolkien',
    '王 小明',
  ])('knows a name of a person: %s', (name) => {
    const known = eraserOf({ userId: 'user_1', emails: [], names: [name], pseudonym });
    expect(known({ by: 'user_1', text: `(${name})` })).toMatchObject({ text: `(${pseudonym})` });
  });

  it('has it for one word only where a field beside it says whose name that is', () => {
    expect(erase({ by: 'user_1', byName: 'Ann', text: 'Ann' })).toEqual({
      by: pseudonym,
      byName: pseudonym,
      text: 'Ann',
    });
    expect(erase({ createdBy: 'user_1', createdByName: 'Ann' })).toEqual({
      createdBy: pseudonym,
      createdByName: pseudonym,
    });
    expect(erase({ email: 'ANN.LEE@example.com', name: 'A. L.' })).toEqual({
      email: address,
      name: pseudonym,
    });
    expect(erase({ leaderId: 'user_1', name: 'Ann' })).toEqual({ leaderId: pseudonym, name: 'Ann' });
  });

  it('has no address or device that they came from, and those of others', () => {
    expect(erase({ userId: 'user_1', ip: '203.0.113.7', userAgent: 'Firefox' })).toEqual({
      userId: pseudonym,
    });
    const others = { userId: 'user_2', ip: '203.0.113.9' };
    expect(erase(others)).toEqual(others);
  });

  it('spares a namesake, and who has their address now, but not what is beside their id', () => {
    const member = { userId: 'user_2', email: 'ann.lee@example.com', name: 'Ann Lee' };
    const names = { user_1: 'Ann Lee', user_2: 'Ann Lee' };
    const known = { userId: 'user_1', emails: ['ann.lee@example.com', 'a@example.com'], pseudonym };
    const spare = eraserOf(sparing({ ...known, names: ['Ann Lee', 'Ann Old'] }, [member]));
    expect(spare({ member, names, text: 'Ann Old, a@example.com, Ann Lee' })).toEqual({
      member,
      names: { [pseudonym]: pseudonym, user_2: 'Ann Lee' },
      text: `${pseudonym}, ${address}, Ann Lee`,
    });
    expect(spare({ ...member, userId: 'user_1' })).toEqual({
      userId: pseudonym,
      email: address,
      name: pseudonym,
    });
  });

  it('is the same when it is erased again', () => {
    const once = erase({ by: 'user_1', byName: 'Ann', text: 'Ann Lee, ann.lee@example.com' });
    expect(erase(once)).toEqual(once);
    expect(isPseudonym(newPseudonym(new Date()))).toBe(true);
    expect(isPseudonym('user_1')).toBe(false);
  });
});
