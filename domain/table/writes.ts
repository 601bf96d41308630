import type { CreateEntityItem, UpdateAddEntityItem, UpdateEntityItem } from 'electrodb';
import { type AppError, collided, stale } from '../errors.ts';
import { type Author, type CreationStamp, created, secondary, updated } from './change-stamp.ts';
import { deletionRecordWrite } from './deletion-record.ts';
import { entityOf, type KeyOf, keyIn, type Stored } from './entity.ts';
import {
  type ActionOf,
  type EntityOf,
  filled,
  type ItemKind,
  type stampedAttributes,
  typed,
} from './item.ts';
import type { OrganizationScope, Writing } from './scope.ts';
import { checkOperation, deleteOperation, putOperation, updateOperation, type Write } from './transaction.ts';

/** Optional attributes may be undefined, which omits them. */
type Loose<Values> = {
  [Name in keyof Values]: undefined extends Values[Name] ? Values[Name] | undefined : Values[Name];
};
/** Attributes of every item of a kind. */
type Common<Kind extends ItemKind> =
  | 'organizationId'
  | (Kind extends { readonly trail: object } | { readonly isStamped: true }
      ? keyof typeof stampedAttributes
      : never);

/** The values of a new item of a kind, besides the common ones. */
export type New<Kind extends ItemKind> = Loose<Omit<CreateEntityItem<EntityOf<Kind>>, Common<Kind>>>;

/** Values to set: undefined leaves an attribute unchanged, null removes an optional one. */
type Settings<Values, Item> = {
  [Name in keyof Values]?:
    | Values[Name]
    | undefined
    | (Name extends keyof Item ? (undefined extends Item[Name] ? null : never) : never);
};

type Where<Kind extends ItemKind> =
  EntityOf<Kind> extends { remove(key: never): { where(condition: infer Condition): unknown } }
    ? Condition
    : never;
type Data<Kind extends ItemKind> =
  EntityOf<Kind> extends { patch(key: never): { data(change: infer Change): unknown } } ? Change : never;

interface Condition<Kind extends ItemKind> {
  /** A condition on the item at the time of the write, in ElectroDB's terms. */
  readonly where?: Where<Kind>;
  /** The error if the item doesn't exist or its condition fails. */
  readonly refusal?: () => AppError;
}

/** A change of an item. */
interface Change<Kind extends ItemKind> extends Condition<Kind> {
  readonly set?: Settings<UpdateEntityItem<EntityOf<Kind>>, Stored<Kind>>;
  readonly add?: UpdateAddEntityItem<EntityOf<Kind>>;
  /** A change within an attribute, in ElectroDB's terms. */
  readonly data?: Data<Kind>;
}

/** An audited change has an action; a secondary one has that of the main change (see `Trail`). */
type Audited<Kind extends ItemKind> = { readonly action: ActionOf<Kind> } | { readonly secondaryTo: string };

// ElectroDB's operations without their types.
interface Operation {
  set(values: object): Operation;
  remove(names: string[]): Operation;
  add(values: object): Operation;
  data(change: unknown): Operation;
  where(condition: unknown): Operation;
  params(options: { table: string }): never;
}
interface Operations {
  create(values: object): Operation;
  put(values: object): Operation;
  patch(key: object): Operation;
  remove(key: object): Operation;
  delete(key: object): Operation;
}
const operationsOf = (kind: ItemKind) => typed<Operations>(entityOf(kind));

const onlyWhere = (operation: Operation, where: unknown): Operation =>
  where === undefined ? operation : operation.where(where);

/** The values without undefined ones. */
export const defined = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Settings that give an item exactly these values: undefined ones are removed. */
export const settingsOf = <Values extends object>(values: Values) =>
  typed<{
    readonly [Name in keyof Values]:
      | Exclude<Values[Name], undefined>
      | (undefined extends Values[Name] ? null : never);
  }>(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? null])));

/** An item as it will be stored with these values, except for its change stamp. */
export const asStored = <const Kind extends ItemKind>(
  _: Kind,
  values: Loose<Omit<Stored<Kind>, 'changed'>>,
): Omit<Stored<Kind>, 'changed'> => typed<Omit<Stored<Kind>, 'changed'>>(defined(values));

/** The defaults in a kind's declaration. */
const initial = ({ attributes }: ItemKind) =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, attribute]) =>
      'default' in attribute ? [[name, attribute.default]] : [],
    ),
  );

/** A new item as it will be stored, with its change stamp. */
export function fresh<const Kind extends ItemKind>(
  { scope, actor, now }: Omit<Writing, 'actor'> & { readonly actor: Author },
  kind: Kind,
  values: New<Kind>,
  action: ActionOf<Kind>,
  stamp: Partial<Pick<CreationStamp, 'revision' | 'createdAt'>> = {},
): Stored<Kind> {
  const made = {
    organizationId: scope.organizationId,
    ...initial(kind),
    ...defined(values),
    ...created(actor, action, now),
    ...stamp,
  };
  return typed<Stored<Kind>>(made);
}

/** The write that creates an item: one made by `fresh`, or bookkeeping. */
export const create = <const Kind extends ItemKind>(
  scope: OrganizationScope,
  kind: Kind,
  values: Kind extends { readonly trail: object } ? Stored<Kind> : New<Kind>,
  refusal?: () => AppError,
): Write =>
  putOperation(
    scope,
    operationsOf(kind).create({ ...defined(values), organizationId: scope.organizationId }),
    refusal,
  );

/** The write of bookkeeping that may replace an existing item. */
export function replace<const Kind extends ItemKind>(
  scope: OrganizationScope,
  kind: Kind,
  values: New<Kind>,
  { where, refusal }: Condition<Kind> = {},
): Write {
  const operation = operationsOf(kind).put({ ...defined(values), organizationId: scope.organizationId });
  return putOperation(scope, onlyWhere(operation, where), refusal);
}

function changed<Kind extends ItemKind>(
  { organizationId }: OrganizationScope,
  kind: Kind,
  key: KeyOf<Kind>,
  { set = {}, add = {}, data, where }: Change<Kind>,
  stamp: { readonly set?: object; readonly add?: object } = {},
): Operation {
  const values = Object.entries({ ...set, ...stamp.set });
  const gone = values.flatMap(([name, value]) => (value === null ? [name] : []));
  const kept = Object.fromEntries(values.filter(([, value]) => value !== null && value !== undefined));
  const added = { ...add, ...stamp.add };
  let operation = operationsOf(kind).patch({ organizationId, ...key });
  if (Object.keys(kept).length > 0) operation = operation.set(kept);
  if (gone.length > 0) operation = operation.remove(gone);
  if (data !== undefined) operation = operation.data(data);
  if (Object.keys(added).length > 0) operation = operation.add(added);
  return onlyWhere(operation, where);
}

type AtRevision = (
  item: { readonly revision: unknown },
  operations: { eq(one: unknown, other: unknown): string },
) => string;
const isAt =
  (revision: number): AtRevision =>
  (item, { eq }) =>
    eq(item.revision, revision);

interface Edit {
  /** The revision that the change is based on. */
  readonly at?: number;
  /** For changes not made by users: `revision` and `updatedAt` are unchanged. */
  readonly keepsRevision?: true;
}

/**
 * The write that changes an audited item, with its change stamp and the next revision. With `at` it is
 * refused as `stale` at any other revision.
 */
export function change<const Kind extends ItemKind>(
  { scope, actor, now }: Writing,
  kind: Kind,
  key: KeyOf<Kind>,
  {
    at,
    keepsRevision,
    refusal = at === undefined ? collided : stale,
    ...what
  }: Change<Kind> & Audited<Kind> & Edit,
): Write {
  const { updatedAt, ...stamp } =
    'secondaryTo' in what ? secondary(actor, what.secondaryTo, now) : updated(actor, what.action, now);
  const edit = { set: { ...stamp, updatedAt }, add: { revision: 1 } };
  const operation = changed(scope, kind, key, what, keepsRevision ? { set: stamp } : edit);
  return updateOperation(scope, at === undefined ? operation : operation.where(isAt(at)), refusal);
}

/** The write that changes bookkeeping. */
export const adjust = <const Kind extends ItemKind>(
  scope: OrganizationScope,
  kind: Kind,
  key: KeyOf<Kind>,
  { refusal, ...what }: Change<Kind>,
): Write => updateOperation(scope, changed(scope, kind, key, what), refusal);

/**
 * The writes that delete an audited item, as it was read, and record who did. Refused as `stale` by
 * default.
 */
export function remove<const Kind extends ItemKind>(
  { scope, actor, now }: Writing,
  kind: Kind,
  item: KeyOf<Kind> & { readonly revision: number; readonly createdAt: string },
  action: ActionOf<Kind>,
  { where, refusal = stale }: Condition<Kind> = {},
): [removal: Write, record: Write] {
  const { organizationId } = scope;
  const { revision } = item;
  const values: Readonly<Record<string, unknown>> = item;
  const sortKey = filled(kind.key[1], values);
  const gone = operationsOf(kind)
    .remove({ ...keyIn(kind, values), organizationId })
    .where(isAt(revision));
  const deletion = { entity: kind.name, sortKey, revision, item };
  return [
    deleteOperation(scope, onlyWhere(gone, where), refusal),
    deletionRecordWrite(scope, actor, action, deletion, now),
  ];
}

/** The write that deletes bookkeeping. */
export const erase = <const Kind extends ItemKind>(
  scope: OrganizationScope,
  kind: Kind,
  key: KeyOf<Kind>,
  { where, refusal }: Condition<Kind> = {},
): Write => deleteOperation(scope, condition(scope, kind, key, where), refusal);

/** A condition on an item that the transaction doesn't change: that it exists, and `where`. */
export const check = <const Kind extends ItemKind>(
  scope: OrganizationScope,
  kind: Kind,
  key: KeyOf<Kind>,
  { where, refusal }: Condition<Kind>,
): Write => checkOperation(scope, condition(scope, kind, key, where), refusal);

/** The condition that an item doesn't exist. */
export function checkAbsent<const Kind extends ItemKind>(
  scope: OrganizationScope,
  kind: Kind,
  key: KeyOf<Kind>,
): Write {
  const [name = ''] = Object.keys(key);
  const isAbsent: IsAbsent = (item, { notExists }) => notExists(item[name]);
  const { organizationId } = scope;
  return checkOperation(
    scope,
    operationsOf(kind)
      .delete({ organizationId, ...key })
      .where(isAbsent),
  );
}

type IsAbsent = (
  item: Readonly<Record<string, unknown>>,
  operations: { notExists(one: unknown): string },
) => string;

const condition = <Kind extends ItemKind>(
  { organizationId }: OrganizationScope,
  kind: Kind,
  key: KeyOf<Kind>,
  where: Where<Kind> | undefined,
): Operation => onlyWhere(operationsOf(kind).remove({ organizationId, ...key }), where);
