import { type ItemKind, namesIn } from './item.ts';
import type { tableLayout } from './layout.ts';

/** An item's key in the table. */
export interface ItemKey {
  readonly [tableLayout.partitionKey]: string;
  readonly [tableLayout.sortKey]: string;
}

/** Splits a partition key into its organization id and the rest. */
export function partsOfKey(partitionKey: string): {
  readonly organization: string;
  readonly partition: string;
} {
  const [organization = '', ...rest] = partitionKey.split('#');
  return { organization, partition: rest.join('#') };
}

const escaped = (literal: string) => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The pattern of a template's keys: a variable matches text without `#`, unless the kind declares
 * otherwise.
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

/** The patterns of each kind's keys. Sort keys matter where a partition contains several kinds. */
function patternsOf<Kind extends ItemKind>(kinds: readonly Kind[]) {
  const partitions = kinds.map((kind) => pattern(ownPartition(kind), kind));
  return kinds.map((kind, at) => {
    const source = partitions[at]?.source;
    const isShared = partitions.filter((other) => other.source === source).length > 1;
    return { kind, partition: partitions[at] ?? /$^/, sort: isShared ? pattern(kind.key[1], kind) : /^/ };
  });
}

/**
 * Finds an item's kind by its key; undefined for a key that the product doesn't use. The audit log relies
 * on it: the writer of an item chooses its attributes, but its key decides whether the product finds it.
 * Patterns are compiled on first use, so that cold starts don't pay for them.
 */
export function kindFinder<Kind extends ItemKind>(
  kinds: readonly Kind[],
): (key: ItemKey) => Kind | undefined {
  let known: ReturnType<typeof patternsOf<Kind>> | undefined;
  return ({ pk, sk }) => {
    known ??= patternsOf(kinds);
    const { organization, partition } = partsOfKey(pk);
    return known.find(
      ({ kind, ...is }) =>
        is.partition.test(partition) &&
        is.sort.test(sk) &&
        (kind.isPlatforms === undefined || organization === 'platform'),
    )?.kind;
  };
}
