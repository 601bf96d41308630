import { nouns } from '../../domain/nouns.ts';
import type { ItemKind } from '../../domain/table/item.ts';
import { indexes, tableLayout } from '../../domain/table/layout.ts';

/** A key template in readable form: `<org>#team`. */
const shown = (template: string, { isPlatforms }: Pick<ItemKind, 'isPlatforms'> = {}): string =>
  template.replace('{organizationId}', isPlatforms ? 'platform' : '<org>').replaceAll(/\{(\w+)\}/g, '<$1>');

const code = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join('<br>');

/** The other keys of an item, except indexes whose keys are plain attributes. */
const placesOf = (kind: ItemKind): string[] =>
  Object.values(kind.places ?? {}).map(
    ({ index, key: [partition, sort] }) => `\`${index.name}\`: \`${shown(partition)}\` / \`${shown(sort)}\``,
  );

/** A key's templates: one for each allowed value of an attribute in it. */
function templates(template: string, kind: ItemKind): string {
  const all = Object.entries(kind.oneOf ?? {}).reduce(
    (known, [name, values]) =>
      known.flatMap((one) =>
        one.includes(`{${name}}`) ? values.map((value) => one.replace(`{${name}}`, value)) : [one],
      ),
    [template],
  );
  return code(all.map((one) => shown(one, kind)));
}

function row(kind: ItemKind): string {
  const { name, key, attributes, trail } = kind;
  const expires = tableLayout.timeToLive in attributes ? 'yes' : '';
  const keys = key.map((template) => templates(template, kind));
  return `| ${[name, ...keys, placesOf(kind).join('<br>'), code(trail?.actions ?? []), expires].join(' | ')} |`;
}

/** The tables of `docs/reference/table.md`: every kind of item by its noun, then every index. */
export function tableReference(): string {
  const sections = nouns.flatMap(({ name, items }) => {
    const kinds: readonly ItemKind[] = items;
    if (kinds.length === 0) return [];
    return [
      `### ${name}`,
      '',
      '| item | pk | sk | index keys | audited actions | expires |',
      '| --- | --- | --- | --- | --- | --- |',
      ...kinds.map(row),
      '',
    ];
  });
  const rows = indexes.map(
    ({ name, partitionKey, sortKey, sortKeyType = 'S', includes }) =>
      `| \`${name}\` | \`${partitionKey}\` | \`${sortKey}\` (${sortKeyType === 'N' ? 'number' : 'text'}) | ${includes === undefined ? 'all attributes' : code(includes)} |`,
  );
  return [
    ...sections,
    '### Indexes',
    '',
    '| index | partition key | sort key | other attributes |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
