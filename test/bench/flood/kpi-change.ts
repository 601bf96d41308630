import type { DynamoDBRecord } from 'aws-lambda';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { StreamRecord } from '../../../infra/local/aws/streams/stream.ts';

/** A stream record, in Lambda's and the local run's formats. */
export type ChangeRecord = DynamoDBRecord & StreamRecord;

/** The record of a KPI whose description was changed: its entry has the average size, 1.2 KB. */
export function kpiChange(organizationId: OrganizationId, number: number, at: Date): ChangeRecord {
  const Keys = { pk: { S: `${organizationId}#kpi` }, sk: { S: `kpi_${number}` } };
  const changed = { by: 'user_1', role: 'super_admin', action: 'kpi.updated', requestId: `r${number}` };
  const image = (text: string, revision: number) => ({
    ...Keys,
    entity: { S: 'kpi' },
    organizationId: { S: organizationId },
    description: { S: text.repeat(200) },
    revision: { N: String(revision) },
    updatedAt: { S: at.toISOString() },
    changed: { M: Object.fromEntries(Object.entries(changed).map(([name, S]) => [name, { S }])) },
  });
  return {
    eventID: `e${number}`,
    eventName: 'MODIFY',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at.getTime() / 1000),
      Keys,
      NewImage: image('a', 2),
      OldImage: image('b', 1),
      SequenceNumber: `1${String(number).padStart(20, '0')}`,
    },
  };
}
