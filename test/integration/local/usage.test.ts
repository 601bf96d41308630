import { expect, it } from 'vitest';
import { daysBefore } from '../../../domain/usage/usage-day.ts';
import { pretendLambda } from './support/pretend-lambda.ts';

const lambda = pretendLambda('infra/local/usage.ts', { USAGE_FUNCTION_NAME: 'mtcms-prod-usage' });
const day = (ago: number) => daysBefore(new Date().toISOString().slice(0, 10), ago);
const closed = { days: 1, organizations: 3, uncertain: 0, failures: 0 };

it('closes each day of each shard by the deployed function, under the operator’s own credentials', async () => {
  lambda.answers = [
    ...Array(4).fill({ body: closed }),
    ...Array(3).fill({ body: closed }),
    { body: { ...closed, uncertain: 1 } },
  ];
  const { said, code } = await lambda.run('--from', day(3), '--to', day(2));
  expect(lambda.asked.map(({ body, key }) => [JSON.parse(body), key])).toEqual(
    [day(3), day(2)].flatMap((date) =>
      Array(4).fill([{ shard: expect.any(Number), period: 'day', dates: [date] }, 'OPERATOR']),
    ),
  );
  expect(said).toContain(`${day(3)}  12 organizations\n`);
  expect(said).toContain(`${day(2)}  12 organizations, 1 with figures that have changed since`);
  expect(code).toBe(0);
});

it('tries a shard that was cut off again, since it goes on where it stopped', async () => {
  const cut = { body: { errorMessage: 'Task timed out' }, isError: true };
  lambda.answers = [cut, ...Array(4).fill({ body: { ...closed, days: 0, organizations: 0 } })];
  const { said, code } = await lambda.run('--from', day(1));
  expect(lambda.asked).toHaveLength(5);
  expect(said).toContain(`${day(1)}  was final already`);
  expect(code).toBe(0);
});

it('says what failed, and goes on with the other days', async () => {
  const broken = { body: { errorMessage: '1 of 3 snapshots failed' }, isError: true };
  lambda.answers = [...Array(12).fill(broken), ...Array(4).fill({ body: closed })];
  const { said, code } = await lambda.run('--from', day(2), '--to', day(1));
  expect(said).toContain('1 of 3 snapshots failed');
  expect(said).toContain(`${day(1)}  12 organizations`);
  expect(code).toBe(1);
});

it.each([
  [['--from', '2026-13-01'], 'Give dates such as 2026-11-24.'],
  [[], 'Give dates such as 2026-11-24.'],
  [['--from', '2026-11-24', '--to', '2026-11-20'], '--to 2026-11-20 is before --from 2026-11-24.'],
  [['--from', day(0)], "isn't over (UTC)"],
  [['--from', '2019-01-01', '--to', day(1)], 'At most 70 can be finalized.'],
  [['--since', '2026-11-24'], "Unknown option '--since'"],
])('refuses %j before it asks for anything', async (args, sentence) => {
  const { said, code } = await lambda.run(...args);
  expect(said).toContain(sentence);
  expect([lambda.asked, code]).toEqual([[], 1]);
});
