import { setTimeout } from 'node:timers/promises';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  BatchWriteCommand,
  type BatchWriteCommandOutput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { isEvidence, sizeInHead } from '../../domain/audit/check-trail.ts';
import { tableLayout } from '../../domain/table/layout.ts';
import { LocalProblem } from '../local/problem.ts';
import { factsOf, type Item, pagesOf } from './table-shape.ts';

/** What was carried over. */
export interface Carried {
  /** Items of the audit log: entries, trees, checkpoints and rounds. */
  readonly copied: number;
  /** Items that had expired in the former table, with an entry that records it. */
  readonly expired: number;
}

/** An operator's client, which isn't limited to an organization. */
interface CarryOver {
  readonly client: DynamoDBDocumentClient;
  /** The former table, the source of the audit log. */
  readonly from: string;
  /** The restored table. */
  readonly to: string;
}

/**
 * Replaces a restored table's audit log with the former table's, which also records changes that the
 * restore undoes. Otherwise every log would fork from the published checkpoints and the anchors. Also
 * deletes items that have expired since, so that no expiry is recorded twice. Idempotent.
 * @throws LocalProblem about tables that it must not touch
 */
export async function carryOver({ client, from, to }: CarryOver): Promise<Carried> {
  if (from === to) throw new LocalProblem('The former table and the restored one are the same.');
  const [former, restored] = [await factsOf(client, from), await factsOf(client, to)];
  for (const { name, wrong } of [former, restored])
    if (wrong.length > 0)
      throw new LocalProblem(`${name} isn't a table of this version of the product: ${wrong.join('; ')}.`);
  if (restored.streamArn !== undefined)
    throw new LocalProblem(
      `${to} has a stream already, so it is in use or ready for it, and nothing was written. Carry over into a restored table before you give it a stream.`,
    );
  await refuseOlder(client, from, to);
  let copied = 0;
  for await (const page of pagesOf(client, from)) {
    const items = page.filter(isEvidence);
    await writeAll(
      client,
      to,
      items.map((Item) => ({ PutRequest: { Item } })),
    );
    copied += items.length;
  }
  return { copied, expired: await removeExpired(client, from, to) };
}

/** If an audit log is longer in the restored table, the other table is the older one. */
async function refuseOlder(client: DynamoDBDocumentClient, from: string, to: string): Promise<void> {
  const sizes = await headsOf(client, from);
  for (const [pk, size] of await headsOf(client, to))
    if (size > (sizes.get(pk) ?? 0))
      throw new LocalProblem(
        `${from} is older than ${to}: the audit log ${pk} has ${sizes.get(pk) ?? 0} entries there and ${size} here. Nothing was written. Name the table that was in use last.`,
      );
}

/** The size of each audit log's tree, by its partition. */
export async function headsOf(
  client: DynamoDBDocumentClient,
  table: string,
): Promise<ReadonlyMap<string, number>> {
  const heads = new Map<string, number>();
  for await (const page of pagesOf(client, table))
    for (const item of page) {
      const size = sizeInHead(item);
      if (size !== undefined) heads.set(item.pk, size);
    }
  return heads;
}

async function removeExpired(client: DynamoDBDocumentClient, from: string, to: string): Promise<number> {
  const now = Date.now() / 1000;
  let removed = 0;
  for await (const page of pagesOf(client, to)) {
    const expired = page.filter((item) => Number(item[tableLayout.timeToLive] ?? now) < now);
    for (let first = 0; first < expired.length; first += 100) {
      const keys = expired.slice(first, first + 100).map(({ pk, sk }) => ({ pk, sk }));
      const there = await existing(client, from, keys);
      const gone = keys.filter(({ pk, sk }) => !there.has(`${pk} ${sk}`));
      await writeAll(
        client,
        to,
        gone.map((Key) => ({ DeleteRequest: { Key } })),
      );
      removed += gone.length;
    }
  }
  return removed;
}

type Key = Pick<Item, 'pk' | 'sk'>;

async function existing(client: DynamoDBDocumentClient, table: string, keys: readonly Key[]) {
  const found = new Set<string>();
  let Keys: Record<string, unknown>[] | undefined = [...keys];
  while (Keys !== undefined && Keys.length > 0) {
    const answer: BatchGetCommandOutput = await client.send(
      new BatchGetCommand({
        RequestItems: { [table]: { Keys, ConsistentRead: true, ProjectionExpression: 'pk, sk' } },
      }),
    );
    for (const { pk, sk } of answer.Responses?.[table] ?? []) found.add(`${pk} ${sk}`);
    Keys = answer.UnprocessedKeys?.[table]?.Keys;
  }
  return found;
}

type WriteRequest = { readonly PutRequest: { Item: Item } } | { readonly DeleteRequest: { Key: Key } };
const batch = 25;

/** Writes in batches until nothing is left unprocessed. */
async function writeAll(
  client: DynamoDBDocumentClient,
  table: string,
  requests: readonly WriteRequest[],
): Promise<void> {
  for (let first = 0; first < requests.length; first += batch) {
    let left: NonNullable<BatchWriteInput>[string] | undefined = requests.slice(first, first + batch);
    for (let pause = 50; left !== undefined && left.length > 0; pause = Math.min(pause * 2, 5000)) {
      const answer: BatchWriteCommandOutput = await client.send(
        new BatchWriteCommand({ RequestItems: { [table]: left } }),
      );
      left = answer.UnprocessedItems?.[table];
      if (left !== undefined && left.length > 0) await setTimeout(pause);
    }
  }
}
type BatchWriteInput = ConstructorParameters<typeof BatchWriteCommand>[0]['RequestItems'];
