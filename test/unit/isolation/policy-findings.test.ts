import { expect, it } from 'vitest';
import { wrongWith } from '../../isolation/policy-findings.ts';

const judgment = {
  role: 'TenantRole',
  action: 'GetItem',
  on: 'table',
  of: 'own',
  key: 'org_a#team',
  isAllowed: true,
} as const;

it('finds a session that reaches another organization, the platform, or an index of the platform', () => {
  expect(wrongWith(judgment, true)).toBeNull();
  expect(wrongWith({ ...judgment, of: 'foreign' }, true)).toMatch('a session for another organization');
  expect(wrongWith({ ...judgment, of: 'platform' }, true)).toMatch('a session for another organization');
  expect(wrongWith({ ...judgment, action: 'Query', on: 'directory' }, true)).toMatch('an index');
});

it('finds a role that may do what no partition limits, or change an entry, and the function that people reach with an organization’s items', () => {
  expect(wrongWith({ ...judgment, action: 'Scan', of: 'no key', key: null }, false)).toMatch('no partition');
  expect(wrongWith({ ...judgment, action: 'PartiQLSelect' }, false)).toMatch('no such operation');
  const audit = { ...judgment, key: 'org_a#audit#2026-11' };
  expect(wrongWith({ ...audit, action: 'UpdateItem' }, false)).toMatch('never changed');
  expect(wrongWith({ ...audit, action: 'PutItem' }, false)).toMatch('only the writer');
  expect(wrongWith({ ...audit, action: 'PutItem', role: 'audit-writer' }, false)).toBeNull();
  expect(wrongWith({ ...judgment, role: 'organization', of: 'foreign' }, false)).toMatch('without a session');
  expect(wrongWith({ ...judgment, role: 'usage', on: 'stream', of: 'no key', key: null }, false)).toMatch(
    'every organization’s changes',
  );
});

it('finds a role that changes an access event, or causes one that its callers don’t', () => {
  const event = { ...judgment, action: 'PutItem', of: 'platform', key: 'platform#access#exported' } as const;
  expect(wrongWith({ ...event, role: 'admin' }, false)).toBeNull();
  expect(wrongWith({ ...event, role: 'admin', action: 'UpdateItem' }, false)).toMatch('never changed');
  expect(wrongWith({ ...event, role: 'support' }, false)).toMatch('no such event');
  expect(wrongWith({ ...event, role: 'admin', key: 'org_a#access' }, false)).toMatch('only a session');
  expect(wrongWith({ ...event, of: 'own', key: 'org_a#access' }, true)).toBeNull();
});

it('finds a role that writes what makes a super admin', () => {
  const user = { ...judgment, action: 'PutItem', of: 'platform', key: 'platform#invitation' } as const;
  expect(wrongWith({ ...user, role: 'approvals' }, false)).toBeNull();
  expect(wrongWith({ ...user, role: 'admin' }, false)).toMatch('only approvals');
  expect(wrongWith({ ...user, role: 'admin', action: 'GetItem' }, false)).toBeNull();
});
