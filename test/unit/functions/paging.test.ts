import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PLATFORM } from '../../../domain/ids.ts';

/** The secret as cached by one execution environment, its current value, and its previous one. */
const secrets = vi.hoisted((): { kept: string; present: string; before: string | null; asked: number } => ({
  ...{ kept: 'old', present: 'old', before: null, asked: 0 },
}));
vi.mock('../../../functions/aws/secrets.ts', () => ({
  secret: async () => secrets.kept,
  changedSecret: async () => {
    secrets.asked += 1;
    return secrets.present === secrets.kept ? null : secrets.present;
  },
  previousSecret: async () => secrets.before,
}));
// Test files in this process share imports: another may have loaded it without this mock.
vi.resetModules();
const { Cursors } = await import('../../../domain/cursor.ts');
const { cursorUseOf, pager } = await import('../../../functions/http/paging.ts');
beforeEach(() => Object.assign(secrets, { kept: 'old', present: 'old', before: null, asked: 0 }));

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
const ctx = {
  scope: { organizationId: PLATFORM, client, table: 'table' },
  actor: { by: 'user_root', role: 'super_admin' as const, requestId: 'request-1' },
  now: new Date('2026-11-25T12:00:00.000Z'),
};
const use = cursorUseOf({ ctx, route: 'listThings' });
const page = (cursor?: string) =>
  pager('a secret')({
    ...{ ctx, route: 'listThings', query: { limit: 1, cursor } },
    parse: (position) => Number(position),
    positionOf: (item: number) => String(item),
    after: async (position = 0, limit) => Array.from({ length: limit }, (_, index) => position + index + 1),
  });
const sealedBy = (key: string) => new Cursors(key).seal(use, '7', ctx.now);

describe('a list, while its secret is exchanged', () => {
  it('asks for nothing but the secret as long as that has signed the cursor', async () => {
    expect((await page(sealedBy('old'))).items).toEqual([8]);
    expect(secrets.asked).toBe(0);
  });

  it('goes on with a cursor of the key before', async () => {
    Object.assign(secrets, { kept: 'new', present: 'new', before: 'old' });
    const { items, nextCursor } = await page(sealedBy('old'));
    expect(items).toEqual([8]);
    expect(new Cursors('new').hasSigned(nextCursor ?? '')).toBe(true);
  });

  it('goes on with a cursor of a key that only another function knows yet, and signs with it from then on', async () => {
    Object.assign(secrets, { kept: 'old', present: 'new', before: 'old' });
    const { items, nextCursor } = await page(sealedBy('new'));
    expect(items).toEqual([8]);
    expect(new Cursors('new').hasSigned(nextCursor ?? '')).toBe(true);
  });

  it('refuses a cursor of any other key', async () => {
    Object.assign(secrets, { kept: 'new', present: 'new', before: 'old' });
    await expect(page(sealedBy('leaked'))).rejects.toMatchObject({ code: 'invalid_cursor' });
  });
});
