import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { checkTrail } from '../../domain/audit/check-trail.ts';
import { exportProof, type ProofPosition } from '../../domain/audit/checkpoints/export-proof.ts';
import { OrganizationId } from '../../domain/ids.ts';
import { kindOf } from '../../domain/nouns.ts';
import { partsOfKey } from '../../domain/table/kinds.ts';
import { type OrganizationScope, withinOrganization } from '../../domain/table/scope.ts';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { verify } from '../../web/public/audit-verify.mjs';
import { headsOf } from './carry-over.ts';
import { factsOf, pagesOf, type TableFacts } from './table-shape.ts';

/** The locked bucket, in which signed checkpoints can't be changed. */
export interface AnchorBucket {
  /** Keys below a prefix, in order. */
  list(prefix: string): Promise<readonly string[]>;
  read(key: string): Promise<string>;
}

interface VerifyOptions {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  /** The former table: its audit log must be the same. */
  readonly from?: string | undefined;
  readonly anchors?: AnchorBucket | undefined;
}

/** The contents of a table, and its problems. */
export interface Verification {
  readonly facts: TableFacts;
  /** The number of items of each kind. */
  readonly counts: ReadonlyMap<string, number>;
  /** The number of audit logs, and of entries in their trees. */
  readonly trails: ReadonlyMap<OrganizationId, number>;
  /** Problems as sentences; empty if there are none. */
  readonly problems: readonly string[];
}

/** Reads every item of a table once and checks each audit log. Changes nothing. */
export async function verifyTable({ client, table, from, anchors }: VerifyOptions): Promise<Verification> {
  const facts = await factsOf(client, table);
  const counts = new Map<string, number>();
  const organizations = new Set<string>();
  for await (const page of pagesOf(client, table))
    for (const item of page) {
      const name = kindOf(item)?.name ?? 'unknown';
      counts.set(name, (counts.get(name) ?? 0) + 1);
      organizations.add(partsOfKey(item.pk).organization);
    }
  const problems = [...facts.wrong, ...facts.missing];
  const unknown = counts.get('unknown') ?? 0;
  if (unknown > 0) problems.push(`${unknown} items are of no kind that this version knows`);
  const trails = new Map<OrganizationId, number>();
  for (const id of [...organizations].toSorted()) {
    const organizationId = OrganizationId.safeParse(id);
    if (!organizationId.success) {
      problems.push(`items belong to “${id}”, which is no organization`);
      continue;
    }
    const scope = withinOrganization({ client, table }, organizationId.data);
    const { size, problems: own } = await verifyTrail(scope, anchors);
    if (size > 0) trails.set(organizationId.data, size);
    problems.push(...own.map((what) => `the audit log of ${id}: ${what}`));
  }
  if (from !== undefined) problems.push(...(await behind(client, from, table)));
  return { facts, counts, trails, problems };
}

/** Audit logs that are longer in the former table. */
async function behind(client: DynamoDBDocumentClient, from: string, table: string): Promise<string[]> {
  const here = await headsOf(client, table);
  return [...(await headsOf(client, from))].flatMap(([pk, size]) => {
    const own = here.get(pk) ?? 0;
    if (own === size) return [];
    const what =
      own < size ? 'carry it over (npm run restore:carry), with the product stopped' : 'it is older';
    return [`the audit log ${pk} has ${own} entries, and ${size} in ${from}: ${what}`];
  });
}

/** Checks an audit log's tree against its entries, its signed checkpoints and the anchors. */
async function verifyTrail(scope: OrganizationScope, anchors: AnchorBucket | undefined) {
  const { size, newest, wrong } = await checkTrail(scope);
  const anchored = anchors === undefined ? [] : await anchors.list(`${scope.organizationId}/checkpoints/`);
  const ahead = anchored.filter((key) => sizeOf(key) > (newest?.size ?? 0));
  const problems = [...wrong];
  if (ahead.length > 0)
    problems.push(
      `${ahead.length} checkpoints are anchored that it doesn't reach, the last with ${sizeOf(ahead.at(-1) ?? '')} entries`,
    );
  if (newest === null) return { size, problems };
  const last = anchored.findLast((key) => sizeOf(key) <= newest.size);
  const checkpoints = last === undefined ? [] : [(await anchors?.read(last)) ?? ''];
  const { findings } = await verify(proofOf(scope), { key: newest.key, checkpoints });
  for (const { code, from, to } of findings)
    problems.push([code, from, to].filter((part) => part !== undefined).join(' '));
  return { size, problems };
}

const sizeOf = (key: string): number => Number(key.split('/').at(-1));

/** An audit log's proof file, part by part, for the public verifier. */
async function* proofOf(scope: OrganizationScope): AsyncGenerator<Uint8Array> {
  let position: ProofPosition | undefined;
  do {
    const { text, next } = await exportProof(scope, position, new Date());
    yield Buffer.from(text);
    position = next ?? undefined;
  } while (position !== undefined);
}
