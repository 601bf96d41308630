import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobs } from '../../events/metrics.ts';
import { use } from '../cost/cost.ts';
import { dashboardPicture } from '../docs/dashboard-picture.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

let prod: BuiltStage;
let body: string;
beforeAll(() => {
  prod = buildStage('prod');
  body = JSON.stringify(
    resourcesOf(prod.template('monitoring'), 'AWS::CloudWatch::Dashboard')[0]?.Properties.DashboardBody,
  );
});
afterAll(() => prod.discard());

test('a stage has one dashboard, with every alarm, function and job on it', () => {
  const [service, monitoring] = [prod.template('service'), prod.template('monitoring')];
  expect(resourcesOf(monitoring, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
  for (const part of [service, monitoring])
    for (const id of Object.keys(part.findResources('AWS::CloudWatch::Alarm'))) expect(body).toContain(id);
  for (const { Properties } of resourcesOf(service, 'AWS::Lambda::EventSourceMapping'))
    expect(body).toContain(JSON.stringify(Properties.FunctionName).slice(8, -2));
  for (const job of Object.keys(jobs)) expect(body).toContain(job);
});

test('routes and plans show by themselves, whichever there are', () => {
  for (const dimension of ['Route', 'Tier']) expect(body).toContain(`SEARCH('{MTCMS/prod,${dimension}}`);
});

test('its picture in the runbook is of this one; npm run docs renews it', () => {
  expect(readFileSync('docs/images/dashboard.svg', 'utf8')).toBe(
    dashboardPicture(prod.template('monitoring')),
  );
});

test('there are no more alarms than the cost table counts', () => {
  const count = (['service', 'monitoring'] as const).flatMap((part) =>
    Object.keys(prod.template(part).findResources('AWS::CloudWatch::Alarm')),
  ).length;
  expect(count).toBeLessThanOrEqual(use.alarms);
  expect(count).toBeGreaterThan(use.alarms - 30);
});
