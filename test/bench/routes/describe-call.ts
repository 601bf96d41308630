import * as z from 'zod';
import { kindOf } from '../../../domain/nouns.ts';

const Text = z.object({ S: z.string() });
const Key = z.looseObject({ pk: Text, sk: Text });
const Change = z.record(
  z.enum(['Put', 'Update', 'Delete', 'ConditionCheck']),
  z.object({ Key: Key.optional(), Item: Key.optional() }),
);
const Input = z.object({
  Key: Key.optional(),
  Item: Key.optional(),
  IndexName: z.string().optional(),
  ExpressionAttributeValues: z.record(z.string(), z.looseObject({ S: z.string().optional() })).default({}),
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(Key) })).default({}),
  TransactItems: z.array(z.partialRecord(Change.keyType, Change.valueType)).default([]),
});

/** The kind of the item with a key. */
const kindAt = ({ pk, sk }: z.infer<typeof Key>): string => kindOf({ pk: pk.S, sk: sk.S })?.name ?? pk.S;

/** A partition key without the ids of an organization, user or day. */
const template = (partition: string): string =>
  partition
    .replace(/^org_\w{26}/, '<org>')
    .replaceAll(/\b(user|team|kpi)_\w+/g, '<$1Id>')
    .replaceAll(/\d{4}-\d\d(-\d\d)?/g, '<date>')
    .replace(/#\d+$/, '#<shard>');

/** Distinct strings with their counts. */
export const counted = (texts: readonly string[]): string => {
  const counts = Map.groupBy(texts, (text) => text);
  return [...counts].map(([text, all]) => (all.length === 1 ? text : `${text} ×${all.length}`)).join(', ');
};

/** Describes a request to DynamoDB: `Query <org>#team-name`, `transaction: put team, update directoryRow`. */
export function describeCall(operation: string, input: unknown): string {
  const {
    Key: key,
    Item,
    IndexName,
    ExpressionAttributeValues,
    RequestItems,
    TransactItems,
  } = Input.parse(input);
  const verb = operation.replace('Item', '');
  if (TransactItems.length > 0) {
    const changes = TransactItems.flatMap((item) =>
      Object.entries(item).map(([name, change]) => {
        const at = change?.Key ?? change?.Item;
        return `${name === 'ConditionCheck' ? 'check' : name.toLowerCase()} ${at === undefined ? '' : kindAt(at)}`;
      }),
    );
    return `transaction: ${counted(changes)}`;
  }
  const keys = Object.values(RequestItems).flatMap(({ Keys }) => Keys);
  if (keys.length > 0) return `${verb} ${[...new Set(keys.map(kindAt))].join(', ')}`;
  const at = key ?? Item;
  if (at !== undefined) return `${verb} ${kindAt(at)}`;
  const partition = template(ExpressionAttributeValues[':pk']?.S ?? '');
  return `${verb} ${IndexName === undefined ? '' : `${IndexName} `}\`${partition}\``;
}
