import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { expiryOf, knownOrganizations } from '../../../domain/audit/retention.ts';
import { PLATFORM } from '../../../domain/ids.ts';

describe('the platform’s own trail', () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
  const { retention } = knownOrganizations({ client, table: 't' }, async () => false);

  it('keeps what its people did for ever, and which outsiders were refused at its door for 90 days', async () => {
    const by = (role: string, action: string) => ({ action, actor: { by: 'user_1', role } });
    expect(await retention(PLATFORM, by('super_admin', 'organization.created'))).toBeNull();
    expect(await retention(PLATFORM, by('super_admin', 'access.refused'))).toBeNull();
    expect(await retention(PLATFORM, { action: 'access.refused', actor: null })).toBeNull();
    expect(await retention(PLATFORM, by('outsider', 'access.refused'))).toBe(90);
  });
});

describe('an entry', () => {
  const now = new Date('2026-11-30T12:00:00.000Z');
  const inDays = (days: number) => now.getTime() / 1000 + days * 86_400;

  it('is kept for so many days from its own time', () => {
    expect(expiryOf('2026-11-30T12:00:00.999Z', 90, now)).toBe(inDays(90));
    expect(expiryOf('2026-11-20T12:00:00.000Z', 90, now)).toBe(inDays(80));
    expect(expiryOf('2026-11-30T12:00:00.000Z', null, now)).toBeUndefined();
  });

  it('that is appended very late stays until it is sealed', () => {
    expect(expiryOf('2026-08-30T12:00:00.000Z', 90, now)).toBe(inDays(7));
  });
});
