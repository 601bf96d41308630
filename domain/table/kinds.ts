import { type ItemKind, namesIn } from './item.ts';
import type { tableLayout } from './layout.ts';

/** Where an item is: its key in the table. */
export interface ItemKey {
  readonly [tableLayout.partitionKey]: string;
  readonly [tableLayout.sortKey]: string;
}

/** The organization that a partition key begins with, as text, and what comes behind it. */
export function partsOfKey(partitionKey: string): {
  readonly organization: string;
  readonly partition: string;
} {
  const [organization = '', ...rest] = partitionKey.split('#');
  return { organization, partition: rest.join('#') };
}

const escaped = (literal: string) => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * What keys of a template look like: a name stands for a text without `#`, if the kind says nothing else of
 * it.
 */
function pattern(template: string, { oneOf = {}, openEnded }: ItemKind): RegExp {
  const [first = '', ...rest] = template.split(/\{\w+\}/);
  const named = namesIn(template).map(
    (name) => oneOf[name]?.map(escaped).join('|') ?? (name === openEnded ? '.+' : '[^#]+'),
  );
  return new RegExp(
    `^${escaped(first)}${rest.map((literal, at) => `(?:${named[at]})${escaped(literal)}`).join('')}$`,
  );
}

const ownPartition = ({ key: [partition] }: ItemKind): string => partition.slice(partition.indexOf('#') + 1);

/**
 * Tells what an item is from its own key, among all kinds that there are: undefined for a key that the
 * product doesn't use. The audit trail goes by it, because whoever writes an item chooses its attributes, but
 * its key decides whether the product finds it. The sort key counts where a partition holds several kinds.
 */
export function kindFinder<Kind extends ItemKind>(
  kinds: readonly Kind[],
): (key: ItemKey) => Kind | undefined {
  const known = kinds.map((kind) => {
    const partition = pattern(ownPartition(kind), kind);
    const shares = kinds.some(
      (other) => other !== kind && pattern(ownPartition(other), other).source === partition.source,
    );
    return {
      kind,
      partition,
      sort: shares ? pattern(kind.key[1], kind) : /^/,
    };
  });
  return ({ pk, sk }) => {
    const { organization, partition } = partsOfKey(pk);
    return known.find(
      ({ kind, ...is }) =>
        is.partition.test(partition) &&
        is.sort.test(sk) &&
        (kind.isPlatforms === undefined || organization === 'platform'),
    )?.kind;
  };
}
