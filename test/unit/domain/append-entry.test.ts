import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { retentionOf } from '../../../domain/audit/append-entry.ts';
import { PLATFORM } from '../../../domain/ids.ts';

describe('the platform’s own trail', () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
  const retention = retentionOf({ client, table: 't' });

  it('keeps what its people did for ever, and which outsiders were refused at its door for 90 days', async () => {
    const by = (role: string, action: string) => ({ action, actor: { by: 'user_1', role } });
    expect(await retention(PLATFORM, by('super_admin', 'organization.created'))).toBeNull();
    expect(await retention(PLATFORM, by('super_admin', 'access.refused'))).toBeNull();
    expect(await retention(PLATFORM, { action: 'access.refused', actor: null })).toBeNull();
    expect(await retention(PLATFORM, by('outsider', 'access.refused'))).toBe(90);
  });
});
