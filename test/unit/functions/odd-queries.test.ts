import { describe, expect, it } from 'vitest';
import { AuditListQuery } from '../../../domain/audit/audit.schema.ts';
import { NewCheckIn } from '../../../domain/kpi/check-in.schema.ts';
import { OrganizationListQuery, PlanChangeQuery } from '../../../domain/organization/organization.schema.ts';
import { pageQuery } from '../../../domain/page.schema.ts';
import { SubscriptionInput } from '../../../domain/subscription/subscription.schema.ts';
import { propertiesOf } from '../../../functions/http/openapi/schemas.ts';
import type { Route } from '../../../functions/http/route.ts';
import { routes } from '../../../functions/http/routes.ts';

const queries = Object.entries<Route>(routes).flatMap(([name, { query }]) =>
  query === undefined ? [] : [{ name, query, fields: Object.entries(propertiesOf(query)) }],
);

/** The error of each API query for one of its fields with this value; null if accepted. */
const saidOf = (value: string, isAsked: (schema: object) => boolean) =>
  queries.flatMap(({ query, fields }) =>
    fields
      .filter(([, schema]) => isAsked(schema))
      .map(([field]) => {
        const issues = query.safeParse({ [field]: value }).error?.issues ?? [];
        return issues.find(({ path }) => path[0] === field)?.message ?? null;
      }),
  );

const isNumber = (schema: object) => 'type' in schema && schema.type === 'integer';
const isDate = (schema: object) => /"format":"date/.test(JSON.stringify(schema));

describe('a number in a query', () => {
  it.each(['', ' ', '0x2', '1e0', '2.0', '+2', ' 2', '02', '٢', '1_0', '2,3', 'Infinity'])(
    'is not %j, wherever one is asked for',
    (text) => {
      const said = saidOf(text, isNumber);
      expect(said.length).toBeGreaterThan(10);
      expect(new Set(said)).toEqual(new Set(['must be a whole number']));
    },
  );

  it('is decimal digits, in the range that is said', () => {
    expect(pageQuery.parse({ limit: '7' })).toMatchObject({ limit: 7 });
    expect(pageQuery.parse({})).toMatchObject({ limit: 25 });
    expect(OrganizationListQuery.parse({ endsWithinDays: '0' })).toMatchObject({ endsWithinDays: 0 });
    for (const limit of ['0', '-1', '101', '99999999999999999999'])
      expect(pageQuery.safeParse({ limit }).success).toBe(false);
  });
});

describe('a choice in a query', () => {
  it('is "true" or "false" and no other word', () => {
    expect(PlanChangeQuery.parse({ dryRun: 'true' })).toEqual({ dryRun: true });
    for (const dryRun of ['', '1', 'yes', 'TRUE', 'on'])
      expect(PlanChangeQuery.safeParse({ dryRun }).error?.issues).toMatchObject([
        { message: 'must be true or false' },
      ]);
  });
});

describe('a date in a query', () => {
  it.each(['0000-01-01', '1999-12-31', '2101-01-01', '9999-12-31'])(
    'is not %s, wherever one is asked for',
    (day) => {
      const said = saidOf(day, isDate);
      expect(said.length).toBeGreaterThan(6);
      expect(new Set(said)).toEqual(new Set(['must be between 2000 and 2100']));
    },
  );

  it('is not a time that an offset takes out of these years', () => {
    for (const to of ['2100-12-31T23:59:59-01:00', '9999-12-31T23:59:59-01:00', '2000-01-01T00:00:00+01:00'])
      expect(AuditListQuery.safeParse({ to }).error?.issues).toMatchObject([
        { path: ['to'], message: 'must be between 2000 and 2100' },
      ]);
  });
});

describe('a date in a body', () => {
  it('is of the years 2000 to 2100 as well', () => {
    const input = { plan: 'growth', startDate: '0001-01-01', endDate: '9999-12-31' };
    expect(SubscriptionInput.safeParse(input).error?.issues).toMatchObject([
      { path: ['startDate'], message: 'must be between 2000 and 2100' },
      { path: ['endDate'], message: 'must be between 2000 and 2100' },
    ]);
  });
});

describe('the time of a check-in', () => {
  const read = (at: string) => NewCheckIn.safeParse({ value: 1, at });

  it.each([
    ['2026-11-28T09:00:00Z', '2026-11-28T09:00:00.000Z'],
    ['2026-11-28T09:00:00.5Z', '2026-11-28T09:00:00.500Z'],
    ['2026-11-28T09:00:00.123456Z', '2026-11-28T09:00:00.123Z'],
    ['2026-11-28T09:00:00+01:00', '2026-11-28T08:00:00.000Z'],
    ['2026-11-28T09:00:00.25-00:30', '2026-11-28T09:30:00.250Z'],
    ['2026-11-28t09:00:00z', '2026-11-28T09:00:00.000Z'],
  ])('may be %s, as any date-time of RFC 3339', (text, time) => {
    expect(read(text).data?.at).toBe(time);
  });

  it.each([
    '2026-11-28',
    '2026-11-28T09:00',
    '2026-11-28T09:00:00',
    '2026-02-30T09:00:00Z',
    'now',
    '1764320400',
  ])('is not %s', (text) => {
    expect(read(text).error?.issues).toMatchObject([
      { path: ['at'], message: 'must be a time, such as 2026-11-24T12:00:00Z' },
    ]);
  });
});
