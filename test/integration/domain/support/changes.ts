import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import type { OrganizationId } from '../../../../domain/ids.ts';
import { type Item, queryItems } from '../../../../domain/table/query.ts';
import type { ControlPlane } from '../../../../domain/table/scope.ts';
import type { StreamRecord } from '../../../../infra/local/aws/streams/stream.ts';

/** A stream record, in Lambda's and the local run's formats. */
export type ChangeRecord = DynamoDBRecord & StreamRecord & { readonly eventID: string };

/** The record of a new team, the n-th change of all. */
export function newTeamRecord(organizationId: OrganizationId, number: number, at: Date): ChangeRecord {
  const Keys = { pk: { S: `${organizationId}#team` }, sk: { S: `team_${number}` } };
  const changed = { by: 'user_1', role: 'super_admin', action: 'team.created', requestId: `r${number}` };
  return {
    eventID: `e${number}`,
    eventName: 'INSERT',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at.getTime() / 1000),
      Keys,
      SequenceNumber: `1${String(number).padStart(20, '0')}`,
      NewImage: {
        ...Keys,
        entity: { S: 'team' },
        organizationId: { S: organizationId },
        name: { S: `Team ${number}` },
        revision: { N: '1' },
        createdAt: { S: at.toISOString() },
        updatedAt: { S: at.toISOString() },
        changed: { M: Object.fromEntries(Object.entries(changed).map(([name, S]) => [name, { S }])) },
      },
    },
  };
}

const Entry = z.object({ resource: z.string() });

/** The subjects of a partition's entries. */
async function resourcesIn(plane: ControlPlane, pk: string): Promise<string[]> {
  const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
  const found: string[] = [];
  let start: Item | undefined;
  do {
    const { items, lastKey } = await queryItems(plane, query, start);
    found.push(...items.map((item) => Entry.parse(item).resource));
    start = lastKey;
  } while (start !== undefined);
  return found;
}

const trailOf = ({ dynamodb }: ChangeRecord): string => {
  const [organizationId] = (dynamodb.Keys.pk?.S ?? '').toString().split('#');
  const month = new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString().slice(0, 7);
  return `${organizationId}#audit#${month}`;
};

/** The number of entries for these changes, of changes without one, and of duplicate entries. */
export async function tallyOf(plane: ControlPlane, records: readonly ChangeRecord[]) {
  const changed = new Set(records.map(({ dynamodb }) => `team/${dynamodb.Keys.sk?.S}`));
  const trails = [...new Set(records.map(trailOf))];
  const all = await Promise.all(trails.map((pk) => resourcesIn(plane, pk)));
  const entries = all.flat().filter((resource) => changed.has(resource));
  const distinct = new Set(entries).size;
  return { entries: entries.length, lost: changed.size - distinct, double: entries.length - distinct };
}
