import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from './support/receiver.ts';
import { newStateDirectory, start } from './support/start.ts';

const receiving = async (...statuses: number[]) => {
  const receiver = await startReceiver(...statuses);
  onTestFinished(receiver.stop);
  return receiver;
};
const ada = { emailAddress: ['ada@example.com'] };

test('sends a webhook again, under the same id, until it is taken', async () => {
  const receiver = await receiving(500, 503, 500);
  const problems: string[] = [];
  const clerk = await start({
    webhookUrl: receiver.url,
    webhooks: 'deliver',
    onProblem: (problem) => problems.push(problem),
  });
  onTestFinished(clerk.stop);
  await clerk.client.users.createUser(ada);
  const attempts = await receiver.received(4);
  expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
  expect(problems).toEqual([expect.stringContaining('it answered 500')]);
});

test('holds webhooks until it is told to deliver', async () => {
  const receiver = await receiving();
  const clerk = await start({ webhookUrl: receiver.url, webhooks: 'hold' });
  onTestFinished(clerk.stop);
  const { id } = await clerk.client.users.createUser(ada);
  await clerk.client.users.deleteUser(id);
  expect(await (await fetch(`${clerk.base}/controls`)).json()).toEqual({ webhooks: 'hold', waiting: 2 });
  expect(receiver.attempts).toEqual([]);
  expect((await clerk.post('/controls', { webhooks: 'deliver' })).status).toBe(204);
  const events = (await receiver.received(2)).map(({ event }) => event);
  expect(events.find(({ type }) => type === 'user.deleted')?.data).toEqual({
    id,
    object: 'user',
    deleted: true,
  });
});

test('keeps a webhook that was not taken for its next start', async () => {
  const receiver = await receiving();
  const stateDirectory = newStateDirectory();
  const first = await start({ stateDirectory });
  await first.client.users.createUser(ada);
  await first.stop();
  const second = await start({ stateDirectory, webhookUrl: receiver.url, webhooks: 'deliver' });
  onTestFinished(second.stop);
  const [webhook] = await receiver.received(1);
  expect(webhook?.event.type).toBe('user.created');
});
