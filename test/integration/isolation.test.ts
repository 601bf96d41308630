import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import { type Attempt, cellsOf } from '../isolation/attempts.ts';
import { isReached } from '../isolation/judge.ts';
import { type ConfigurationId, configurations } from '../isolation/layers.ts';
import { evaluatePolicies, type PolicyEvaluation } from '../isolation/policies.ts';
import { policyFindings } from '../isolation/policy-findings.ts';
import { type Stage, startStage } from '../isolation/stage.ts';
import { findingsOf, tryAll } from '../isolation/try-all.ts';

/**
 * A faster version of `npm run isolation-report`: every route and role with all layers, one role with each
 * layer alone.
 */

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

const trying = (id: ConfigurationId, chosen: (attempt: Attempt) => boolean) => {
  const configuration = configurations.find((one) => one.id === id);
  if (configuration === undefined) throw new Error(`there is no configuration ${id}`);
  return tryAll(stage, configuration, chosen);
};

describe('from one organization into another', () => {
  it('every route is tried as everybody, or says why it has nothing to try', () => {
    const cells = cellsOf(stage.prepared);
    expect(new Set(cells.map(({ name }) => name))).toEqual(new Set(Object.keys(routes)));
    const untold = cells.filter(({ attempts, notTried }) => attempts.length === 0 && notTried === undefined);
    expect(untold).toEqual([]);
    const ofOrganizations = Object.entries<Route>(routes).filter(
      ([, { access }]) => access.kind === 'organization',
    );
    for (const [name] of ofOrganizations)
      expect(
        cells.find(
          (cell) => cell.name === name && cell.by === 'team_member' && cell.target === 'organization',
        )?.attempts.length,
        name,
      ).toBeGreaterThan(0);
  });

  it('no request of anybody reads, changes or finds anything, and none tells what is there from what never was', async () => {
    const tried = await trying('all', () => true);
    expect(findingsOf(tried)).toEqual([]);
    expect(await stage.victim.named()).toEqual([]);
    expect(tried.items).toBeGreaterThan(50);
  }, 400_000);

  it.each([
    ['our code', 'code'],
    ['the guard', 'guard'],
    ['IAM', 'IAM'],
  ] as const)('%s alone lets nothing through, with the other two layers off', async (_, id) => {
    const tried = await trying(id, ({ by }) => by === 'org_admin' || by === 'API key');
    expect(findingsOf(tried)).toEqual([]);
    const stopped = [...tried.outcomes.values()].filter(({ verdict }) => verdict === 'stopped').length;
    if (id !== 'code') expect(stopped).toBeGreaterThan(100);
  });

  it('with all layers off, the same requests do get through: so it was the layers that stopped them', async () => {
    const { outcomes } = await trying(
      'none',
      ({ by, route }) => by === 'org_admin' && route.method === 'GET',
    );
    const reached = [...outcomes].filter(([attempt, outcome]) => isReached(attempt, outcome));
    expect(reached.length).toBeGreaterThan(20);
  });
});

describe('the policies of the template', () => {
  let policies: PolicyEvaluation;
  beforeAll(async () => {
    policies = await evaluatePolicies();
  });

  it('let no session out of its organization, and no role scan, export or rewrite an entry', () => {
    expect(policyFindings(policies)).toEqual([]);
  });

  it('are asked about every role and every partition', () => {
    expect(policies.roles.filter(({ isSession }) => isSession).length).toBeGreaterThan(0);
    for (const name of ['organization', 'support', 'machines', 'key-broker', 'admin', 'audit-writer'])
      expect(policies.judgments.filter(({ role }) => role === name).length, name).toBeGreaterThan(500);
  });
});
