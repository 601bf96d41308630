import { HtmlValidate } from 'html-validate';
import { expect, it } from 'vitest';
import { configurations, layers } from '../../isolation/layers.ts';
import type { IsolationReport } from '../../isolation/report.ts';
import { pageOf } from '../../isolation/report-page.ts';

const report: IsolationReport = {
  made: '2026-11-30T12:00:00.000Z',
  commit: 'abc1234',
  layers,
  targets: ['organization', 'team'],
  cells: 10,
  configurations: configurations.map(({ id, title }) => ({
    ...{ id, title, attempts: 1, refused: 0, stopped: 0, nothing: 0, items: 9, changed: 0, reached: 0 },
    findings: id === 'guard' ? ['guard alone: getTeam <as> org_admin'] : [],
  })),
  routes: [
    {
      name: 'getTeam',
      method: 'GET',
      path: '/api/organizations/{organizationId}/teams/{teamId}',
      kind: 'organization',
      notTried: [{ by: 'super_admin', target: 'organization', notTried: 'the super admin’s own work' }],
      attempts: [
        {
          by: 'org_admin',
          target: 'team',
          what: 'its id',
          outcomes: {
            all: { verdict: 'refused', status: 404 },
            guard: { verdict: 'leak', status: 200, evidence: 'tells <b>zanzibar</b>' },
          },
        },
      ],
    },
  ],
  policies: {
    decisions: 3,
    findings: [],
    roles: [
      {
        role: 'TenantRole',
        isSession: true,
        decisions: 3,
        allowed: [{ of: 'own', on: 'table', keys: '<org>#team', actions: 'GetItem' }],
      },
    ],
  },
  findings: ['guard alone: getTeam <as> org_admin'],
};

it('is one valid page without anything from elsewhere, and escapes what it is told', async () => {
  const page = pageOf(report);
  const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });
  const { results } = await validator.validateString(page);
  expect(results.flatMap(({ messages }) => messages)).toEqual([]);
  expect(page).not.toMatch(/<script|\ssrc=|href="http|@import|url\(/);
  expect(page).toContain('tells &lt;b&gt;zanzibar&lt;/b&gt;');
});

it('says first whether anything got through', () => {
  expect(pageOf(report)).toContain('1 finding');
  expect(pageOf({ ...report, findings: [] })).toContain(
    'No attempt read, changed or found anything of the other organization.',
  );
});
