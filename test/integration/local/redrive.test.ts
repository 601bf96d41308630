import { expect, it } from 'vitest';
import { pretendLambda } from './support/pretend-lambda.ts';

const lambda = pretendLambda('infra/local/redrive.ts', { REDRIVE_FUNCTION_NAME: 'mtcms-prod-redrive' });
const redrive = () => lambda.run();

const nothing = { objects: 0, records: 0, failing: [], waiting: 0 };

it('has the deployed function replay until nothing waits, under the operator’s own credentials', async () => {
  lambda.answers = [
    { body: { ...nothing, objects: 3, records: 250, waiting: 2 } },
    { body: { ...nothing, objects: 2, records: 2 } },
  ];
  const { said, code } = await redrive();
  expect(lambda.asked).toEqual(
    Array(2).fill({
      url: '/2015-03-31/functions/mtcms-prod-redrive/invocations',
      body: '{"does":"replay"}',
      key: 'OPERATOR',
    }),
  );
  expect(said).toContain('Replayed: 252 records in 5 objects. Still waiting: 0 objects.');
  expect(code).toBe(0);
});

it('says that there is nothing to replay', async () => {
  lambda.answers = [{ body: nothing }];
  expect(await redrive()).toEqual({ said: expect.stringContaining('The failure bucket is empty'), code: 0 });
});

it('names what still fails, and stops when a run gets nowhere', async () => {
  const failing = [{ key: 'aws/lambda/w/1', reason: 'The log says why.', eventIds: ['e1', 'e2'] }];
  lambda.answers = [
    { body: { objects: 1, records: 4, failing, waiting: 1 } },
    { body: { ...nothing, failing, waiting: 1 } },
  ];
  const { said, code } = await redrive();
  expect(said).toContain('Replayed: 4 records in 1 object. Still waiting: 1 object.');
  expect(said).toContain('aws/lambda/w/1');
  expect(said).toContain('events: e1, e2');
  expect({ code, runs: lambda.asked.length }).toEqual({ code: 1, runs: 2 });
});

it('says what the function failed of', async () => {
  lambda.answers = [{ body: { errorMessage: 'no memory' }, isError: true }];
  expect(await redrive()).toEqual({
    said: expect.stringContaining('mtcms-prod-redrive failed: {"errorMessage":"no memory"}'),
    code: 1,
  });
});
