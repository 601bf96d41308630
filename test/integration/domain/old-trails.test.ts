import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealTrail } from '../../../domain/audit/seal-trail.ts';
import { storedLeaves } from '../../../domain/audit/stored-leaves.ts';
import { OrganizationId } from '../../../domain/ids.ts';
import { withinOrganization } from '../../../domain/table/scope.ts';
import { startEngine } from '../../../infra/local/aws/engine/engine.ts';
import { unpack } from '../../old-state/old-product.ts';
import { rootOfStored, sealAll } from './support/sealed.ts';

describe('the trails that an older version has written', () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'mtcms-old-trails-'));
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let plane: { client: DynamoDBDocumentClient; table: string };
  beforeAll(async () => {
    unpack(stateDirectory);
    engine = await startEngine({ stateDirectory });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const inner = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
    const { TableNames: [table = ''] = [] } = await inner.send(new ListTablesCommand());
    const marshallOptions = { removeUndefinedValues: true };
    plane = { client: DynamoDBDocumentClient.from(inner, { marshallOptions }), table };
  });
  afterAll(async () => {
    await engine.stop();
    rmSync(stateDirectory, { recursive: true });
  });

  it('are sealed in completely, each entry once, as earlier ones', async () => {
    const entries: { organizationId: string; entryId: string }[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await plane.client.send(
        new ScanCommand({ TableName: plane.table, ExclusiveStartKey: from }),
      );
      for (const { entity, organizationId, entryId } of page.Items ?? [])
        if (entity === 'auditEntry') entries.push({ organizationId, entryId });
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    expect(entries.length).toBeGreaterThan(0);
    const [now, later] = [new Date(), new Date(Date.now() + 3_600_000)];
    for (const [organization, own] of Map.groupBy(entries, ({ organizationId }) => organizationId)) {
      const scope = withinOrganization(plane, OrganizationId.parse(organization));
      await sealTrail(scope, now);
      const sealed = await sealAll(scope, later);
      expect(sealed).toMatchObject({ size: own.length, broken: null });
      expect(await rootOfStored(scope, own.length)).toEqual(sealed.root);
      const leaves = await storedLeaves(scope, { from: 0, to: own.length });
      expect(leaves.map(({ kind }) => kind)).toEqual(own.map(() => 'earlier'));
      expect(leaves.map((leaf) => 'id' in leaf && leaf.id).sort()).toEqual(
        own.map(({ entryId }) => entryId).sort(),
      );
    }
  });
});
