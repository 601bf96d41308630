import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addUser, newEmail } from '../../../../infra/local/clerk/people.ts';
import { openStore } from '../../../../infra/local/clerk/store.ts';

const directory = () => mkdtempSync(join(tmpdir(), 'mtcms-clerk-store-'));
const person = (address: string) => ({ emails: [newEmail(address, true)] });

test('resolves a change when another process could read it', async () => {
  const folder = directory();
  const store = openStore(folder);
  const { id } = await store.change((state) => addUser(state, person('ada@example.com'), 1));
  expect(openStore(folder).state.users).toMatchObject([{ id }]);
});

test('loses none of the changes that come at the same time', async () => {
  const folder = directory();
  const store = openStore(folder);
  const addresses = Array.from({ length: 50 }, (_, index) => `person${index}@example.com`);
  await Promise.all(addresses.map((address) => store.change((state) => addUser(state, person(address), 1))));
  expect(openStore(folder).state.users.map(({ emails }) => emails[0]?.address)).toEqual(addresses);
});

test('writes a change and the news of it together', async () => {
  const folder = directory();
  const store = openStore(folder);
  await store.change((state) => addUser(state, person('ada@example.com'), 1));
  const text = readFileSync(join(folder, 'state.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    users: [{}],
    deliveries: [{ id: expect.stringMatching(/^msg_/) }],
  });
});

test('changes nothing when the change is refused', async () => {
  const store = openStore(directory());
  await store.change((state) => addUser(state, person('ada@example.com'), 1));
  await expect(store.change((state) => addUser(state, person('ADA@example.com'), 2))).rejects.toThrow(
    'taken',
  );
  expect([store.state.users.length, store.state.deliveries.length]).toEqual([1, 1]);
});
