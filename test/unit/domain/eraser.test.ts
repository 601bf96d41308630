import { describe, expect, it } from 'vitest';
import { sparing } from '../../../domain/person-data/about-person.ts';
import { eraserOf, isPseudonym, newPseudonym } from '../../../domain/person-data/eraser.ts';

const pseudonym = 'user_erased_0123456789abcdef';
const address = `${pseudonym}@erased.invalid`;
const erase = eraserOf({
  userId: 'user_1',
  emails: ['ann.lee@example.com'],
  names: ['Ann Lee', 'Ann'],
  pseudonym,
});

describe('what is left when somebody is erased', () => {
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

  it('has it for their addresses and full names wherever they are written', () => {
    expect(erase('Ask Ann Lee (Ann.Lee@example.com) or joann.lee@example.com.')).toBe(
      `Ask ${pseudonym} (${address}) or joann.lee@example.com.`,
    );
    expect(erase('Ann Leeson and Annex')).toBe('Ann Leeson and Annex');
  });

  it('has it for one word only where a field beside it says whose name that is', () => {
    expect(erase({ by: 'user_1', byName: 'Ann', text: 'Ann' })).toEqual({
      by: pseudonym,
      byName: pseudonym,
      text: 'Ann',
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
    expect(spare({ member, names, text: 'Ann Old, a@example.com' })).toEqual({
      member,
      names: { [pseudonym]: pseudonym, user_2: 'Ann Lee' },
      text: `${pseudonym}, ${address}`,
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
