import type { DynamoDBRecord } from 'aws-lambda';
import type { OrganizationId } from '../../../../domain/ids.ts';
import type { StreamRecord } from '../../../../infra/local/aws/streams/stream.ts';

/** A record of the stream, as Lambda and as the local run know it. */
export type ChangeRecord = DynamoDBRecord & StreamRecord & { readonly eventID: string };

/** The record of a new team, the so manieth change of all. */
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
