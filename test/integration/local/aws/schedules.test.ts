import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AwsServices } from '../../../../infra/local/aws/services.ts';
import { functionArn } from './support/resources.ts';
import { start } from './support/start.ts';

const invoked: unknown[] = [];
let aws: AwsServices;
beforeAll(async () => {
  aws = await start({
    invoke: async (arn, event) => {
      invoked.push([arn, event]);
      return { ok: true, payload: 'counted' };
    },
  });
  await aws.startEventSources();
});
afterAll(() => aws.stop());

it('runs a schedule now: its input goes to its target, under its role', async () => {
  const result = await aws.runSchedule('every-day-worker');
  expect(result.outcome).toEqual({ ok: true, payload: 'counted' });
  expect(invoked).toEqual([[functionArn('worker'), { shard: 1 }]]);
  expect(aws.schedules().find(({ name }) => name === 'every-day-worker')?.results).toEqual([result]);
});

it('does not invoke what its role may not invoke', async () => {
  const before = invoked.length;
  const { outcome } = await aws.runSchedule('Dailyconsumer');
  expect(outcome).toMatchObject({
    ok: false,
    error: { errorMessage: expect.stringContaining('lambda:InvokeFunction') },
  });
  expect(invoked).toHaveLength(before);
});
