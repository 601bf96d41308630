import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Route } from '../../../functions/http/route.ts';
import type { Ids, World } from '../../access/world.ts';
import { cellsOf, type Prepared } from '../../isolation/attempts.ts';
import { judge, refusalIn } from '../../isolation/judge.ts';

const idsOf = (whose: string): Ids => ({
  organizationId: `org_${whose}`,
  userId: `user_${whose}`,
  teamId: `team_${whose}`,
  kpiId: `kpi_${whose}`,
});
const home = { email: '', path: '', organizationId: 'org_own', userId: 'user_own' };
const world: World = {
  token: async () => '',
  userIds: { super_admin: '', org_admin: '', team_leader: '', team_member: '' },
  own: idsOf('own'),
  other: idsOf('other'),
  foreign: idsOf('foreign'),
  apiKey: 'mtcms_key',
  absent: idsOf('absent'),
  home,
  away: home,
};
const prepared: Prepared = {
  world,
  bodyFor: () => undefined,
  cursors: new Map(),
  states: new Map(),
  keyed: new Map(),
};
const route: Route = {
  method: 'GET',
  path: '/api/organizations/{organizationId}/teams/{teamId}',
  function: 'organization',
  access: { kind: 'organization', action: 'read', subject: 'Team' },
  summary: 'A team',
  status: 200,
};
const cellsWith = (more: Partial<Route>) => cellsOf(prepared, { getThing: { ...route, ...more } });

describe('the isolation report', () => {
  it('tries a route as everybody, with each id of its path', () => {
    const tried = cellsWith({}).filter(({ attempts }) => attempts.length > 0);
    expect(tried.map(({ by, target }) => `${by} ${target}`)).toEqual([
      'super_admin team',
      'org_admin organization',
      'org_admin team',
      'team_leader organization',
      'team_leader team',
      'team_member organization',
      'team_member team',
      'API key organization',
      'API key team',
      'nobody organization',
      'nobody team',
    ]);
  });

  it('fails for a route that names something of which it has no foreign one, in the path, the query or the body', () => {
    expect(() => cellsWith({ path: '/api/organizations/{organizationId}/things/{thingId}' })).toThrow(
      'getThing names {thingId}',
    );
    expect(() => cellsWith({ query: z.strictObject({ thingId: z.string() }) })).toThrow(
      'a query has thingId',
    );
    expect(() =>
      cellsWith({ method: 'POST', body: z.strictObject({ thingIds: z.array(z.string()) }) }),
    ).toThrow('the body of getThing has thingIds');
  });
});

describe('an attempt', () => {
  const [attempt] = cellsWith({}).flatMap(({ attempts }) => attempts);
  if (attempt === undefined) throw new Error('nothing is tried');
  const answered = (status: number, body: unknown) => ({ status, headers: new Headers(), body });
  const judged = (on: Parameters<typeof judge>[0]['on'], status: number, body: unknown, line?: string) =>
    judge({ on }, { attempt, answer: answered(status, body), absent: undefined, secrets: ['zanzibar'], line })
      .verdict;
  const guarded = '{"error":{"message":"GetItemCommand: a partition outside the boundary"}}';
  const denied = '{"message":"User: x is not authorized to perform: dynamodb:GetItem on resource: arn:y"}';

  it('is found out by a name of the other organization in the answer, whatever its status', () => {
    expect(judged(['code'], 200, { name: 'zanzibar' })).toBe('leak');
    expect(judged(['guard'], 404, { title: 'zanzibar is not yours' })).toBe('leak');
  });

  it('is let in where the path names what is foreign and it is answered', () => {
    expect(judged(['code'], 200, {})).toBe('let in');
    expect(judged(['code'], 404, {})).toBe('refused');
  });

  it('is stopped by a layer only where the log names the refusal of that layer', () => {
    expect(judged(['guard'], 500, {}, guarded)).toBe('stopped');
    expect(judged(['IAM'], 500, {}, denied)).toBe('stopped');
    expect(judged(['IAM'], 500, {}, guarded)).toBe('broken');
    expect(judged(['guard'], 500, {}, '{"message":"a mistake of ours"}')).toBe('broken');
    expect(judged(['guard'], 500, {})).toBe('broken');
    expect(judged(['code', 'guard', 'IAM'], 500, {}, guarded)).toBe('broken');
    expect(refusalIn(denied)).toEqual({ layer: 'IAM', what: 'dynamodb:GetItem on resource: arn:y' });
  });

  it('must be answered as for what never was', () => {
    const secrets: string[] = [];
    const absent = answered(404, { title: 'Not found.', requestId: 'a' });
    const as = (body: unknown) =>
      judge({ on: ['code'] }, { attempt, answer: answered(404, body), absent, secrets, line: undefined });
    expect(as({ title: 'Not found.', requestId: 'b' }).verdict).toBe('refused');
    expect(as({ title: 'Not yours.', requestId: 'b' }).verdict).toBe('let in');
  });
});
