import { itemsOf } from '../table/batch-read.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { updateOperation, type Write } from '../table/transaction.ts';
import { TreeHeadItem, TreeSealItem } from './audit.noun.ts';
import { emptyFrontier, type Frontier, packed, unpacked } from './tree/frontier.ts';
import { type Recent, stillUnsealed } from './tree/recent.ts';

/** What appending needs to know about a tree. */
export interface Head {
  readonly frontier: Frontier;
  readonly recent: readonly Recent[];
}

export type Seal = Stored<typeof TreeSealItem>;

/** Reads a tree's head and seal (strongly consistent). Costs two units. */
export async function findTree(scope: OrganizationScope) {
  const { organizationId } = scope;
  const [headItem, sealItem] = await itemsOf(
    scope,
    [TreeHeadItem, TreeSealItem].map((kind) => entityOf(kind).get({ organizationId })),
  );
  const head = headItem === undefined ? null : entityOf(TreeHeadItem).parse({ Item: headItem }).data;
  const seal = sealItem === undefined ? null : entityOf(TreeSealItem).parse({ Item: sealItem }).data;
  return {
    seal,
    head: {
      frontier: head === null ? emptyFrontier : unpacked(head.headSize, head.headFrontier),
      recent: stillUnsealed(head?.recent ?? [], seal?.size ?? 0),
    } satisfies Head,
  };
}

/**
 * The write that moves a tree's head; refused if it has moved since it was read. An update rather than a
 * put, because the writer's role may only update a head's attributes.
 */
export function headWrite(
  scope: OrganizationScope,
  { frontier: { size } }: Head,
  { frontier, recent }: Head,
): Write {
  const { organizationId } = scope;
  const values = { organizationId, headSize: frontier.size, headFrontier: packed(frontier), recent };
  const operation = entityOf(TreeHeadItem)
    .upsert(values)
    .where(({ headSize }, { eq, notExists }) =>
      size === 0 ? `(${notExists(headSize)} OR ${eq(headSize, 0)})` : eq(headSize, size),
    );
  return updateOperation(scope, operation);
}
