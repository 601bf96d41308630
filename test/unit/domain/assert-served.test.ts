import { describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { assertServed } from '../../../domain/organization/assert-served.ts';
import { Organization } from '../../../domain/organization/profile.schema.ts';

const at = '2026-01-01T09:00:00.000Z';
const organization = Organization.parse({
  id: newOrganizationId(new Date(at)),
  name: 'Customer',
  contactPerson: { name: 'Cora', email: 'cora@example.com' },
  status: 'active',
  subscription: { plan: 'growth', startDate: '2026-03-01', endDate: '2026-03-31' },
  ...{ revision: 1, createdAt: at, updatedAt: at },
});
const asked =
  (time: string, change: Partial<Organization> = {}) =>
  () =>
    assertServed({ ...organization, ...change }, new Date(time));

describe('an organization', () => {
  it('is served before its plan begins, and to the end of the last day', () => {
    expect(asked('2026-02-01T00:00:00.000Z')).not.toThrow();
    expect(asked('2026-03-31T23:59:59.999Z')).not.toThrow();
  });

  it('is not served after that, nor while it is suspended', () => {
    expect(asked('2026-04-01T00:00:00.000Z')).toThrow(
      expect.objectContaining({ code: 'subscription_expired' }),
    );
    expect(asked('2026-03-15T00:00:00.000Z', { status: 'inactive' })).toThrow(
      expect.objectContaining({ code: 'organization_inactive' }),
    );
  });
});
