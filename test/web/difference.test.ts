import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../web/features/audit/difference.ts';

describe('the difference of two states', () => {
  it('names each field that changed, nested ones by their path', () => {
    const before = { role: 'team_member', contact: { name: 'A', email: 'a@example.com' }, revision: 1 };
    const after = { role: 'org_admin', contact: { name: 'B', email: 'a@example.com' }, revision: 2 };
    expect(differenceOf(before, after)).toEqual([
      { field: 'contact.name', before: 'A', after: 'B' },
      { field: 'role', before: 'team_member', after: 'org_admin' },
    ]);
  });

  it('of a new thing is all of it, and of a removed one too', () => {
    expect(differenceOf(null, { name: 'New' })).toEqual([{ field: 'name', before: null, after: 'New' }]);
    expect(differenceOf({ name: 'Old' }, null)).toEqual([{ field: 'name', before: 'Old', after: null }]);
  });
});
