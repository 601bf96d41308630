import { Entity, type EntityIdentifiers, type EntityItem } from 'electrodb';
import { type EntityOf, type ItemKind, namesIn, stampedAttributes, text, typed } from './item.ts';
import { tableLayout } from './layout.ts';

// ElectroDB's own templates have a dollar sign before the brace.
const keyField = (field: string, template: string) =>
  ({
    field,
    composite: namesIn(template),
    template: template.replaceAll('{', '${'),
    casing: 'none',
  }) as const;

/** The version of all entities, an attribute of each item. */
export const entityVersion = '1';

function entityFrom({ name, key: [partition, sort], attributes, places = {}, trail, isStamped }: ItemKind) {
  const primary = {
    pk: keyField(tableLayout.partitionKey, partition),
    sk: keyField(tableLayout.sortKey, sort),
  };
  const others = Object.entries(places).map(([place, { index, key, when }]) => [
    place,
    {
      index: index.name,
      ...(when === undefined ? {} : { condition: when }),
      pk: keyField(index.partitionKey, key[0]),
      sk: keyField(index.sortKey, key[1]),
    },
  ]);
  const entity = new Entity({
    model: { entity: name, version: entityVersion, service: 'mtcms' },
    attributes: {
      organizationId: text(),
      ...attributes,
      ...(trail !== undefined || isStamped ? stampedAttributes : {}),
    },
    indexes: { primary, ...Object.fromEntries(others) },
  });
  // ElectroDB's marker attributes get the table's names, because the stream's reader compares `entity` with
  // the key.
  entity.setIdentifier('entity', tableLayout.entityAttribute);
  entity.setIdentifier('version', 'entityVersion');
  return entity;
}

const entities = new WeakMap<ItemKind, unknown>();

/** ElectroDB's entity of a kind of item, created on first use. */
export function entityOf<const Kind extends ItemKind>(kind: Kind): EntityOf<Kind> {
  const known = entities.get(kind);
  if (known !== undefined) return typed<EntityOf<Kind>>(known);
  const entity = entityFrom(kind);
  entities.set(kind, entity);
  return typed<EntityOf<Kind>>(entity);
}

/** An item of a kind, as stored. */
export type Stored<Kind extends ItemKind> = EntityItem<EntityOf<Kind>>;

/** The key attributes that identify an item of a kind within its organization. */
export type KeyOf<Kind extends ItemKind> = Omit<EntityIdentifiers<EntityOf<Kind>>, 'organizationId'>;

/** The key of an item from its values, including the organization where the template contains it. */
export const keyIn = (kind: ItemKind, values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(namesIn(kind.key.join()).map((name) => [name, values[name]]));
