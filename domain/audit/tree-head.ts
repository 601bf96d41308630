import { collided } from '../errors.ts';
import { itemsOf } from '../table/batch-read.ts';
import { entityOf, entityVersion, type Stored } from '../table/entity.ts';
import { filled } from '../table/item.ts';
import { tableLayout } from '../table/layout.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
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

/** The attributes that every append sets. */
const moving = [
  'organizationId',
  'headSize',
  'headFrontier',
  'recent',
  tableLayout.entityAttribute,
  'entityVersion',
];
const names = Object.fromEntries(moving.map((name) => [`#${name}`, name]));
const settings = `SET ${moving.map((name) => `#${name} = :${name}`).join(', ')}`;

/**
 * The write that moves a tree's head; refused if it has moved since it was read. An update rather than a
 * put, because the writer's role may only update a head's attributes. Built without ElectroDB, which took a
 * tenth of the time of appending one entry.
 */
export function headWrite(
  { organizationId, table }: OrganizationScope,
  { frontier: { size } }: Head,
  { frontier, recent }: Head,
): Write {
  const { name, key } = TreeHeadItem;
  const isStill = '#headSize = :known';
  return {
    item: {
      Update: {
        TableName: table,
        Key: {
          [tableLayout.partitionKey]: filled(key[0], { organizationId }),
          [tableLayout.sortKey]: key[1],
        },
        UpdateExpression: settings,
        ConditionExpression: size === 0 ? `attribute_not_exists(#headSize) OR ${isStill}` : isStill,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ...{ ':known': size, ':organizationId': organizationId, ':headSize': frontier.size },
          ...{ ':headFrontier': packed(frontier), ':recent': recent },
          ...{ [`:${tableLayout.entityAttribute}`]: name, ':entityVersion': entityVersion },
        },
      },
    },
    refusal: collided,
  };
}
