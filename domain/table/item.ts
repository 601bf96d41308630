import type { Attribute, CustomAttributeType, Entity, OpaquePrimitiveTypeName, Schema } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import type { ChangeStamp } from './change-stamp.ts';

/**
 * A kind of item, declared as data that the web and the stream use, too. `entityOf` derives ElectroDB's
 * entity from it, and `writes.ts` its writes.
 */

// ElectroDB's `CustomAttributeType` only returns its argument, so its type is enough and nothing is loaded.
type Custom<Value> = ReturnType<typeof CustomAttributeType<Value>>;
type TextType<Kind extends string> = string extends Kind ? 'string' : OpaquePrimitiveTypeName<Kind>;

/** The boundary where a runtime value gets the type of its declaration. */
// biome-ignore lint/nursery/noUnsafeTypeAssertion: the one place of the table's folder
export const typed = <Type>(value: unknown): Type => value as Type;

type With<Own, More> = {
  readonly [Name in keyof (Omit<Own, keyof More> & More)]: (Omit<Own, keyof More> & More)[Name];
};
const adding = <Own, More>(own: Own, more: More) => typed<With<Own, More>>({ ...own, ...more });

/** A required string attribute; `Kind` narrows its type. */
export const text = <Kind extends string = string>() =>
  ({ type: typed<TextType<Kind>>('string'), required: true }) as const;

/** A required number attribute. */
export const number = () => ({ type: 'number', required: true }) as const;

/** The attribute `expiresAt`: in seconds since the epoch, when DynamoDB deletes the item. */
export const timeToLive = () => number();

/** A required boolean attribute. */
export const flag = () => ({ type: 'boolean', required: true }) as const;

/** A required list or map attribute. */
export const value = <Value>() => ({ type: typed<Custom<Value>>('any'), required: true }) as const;

/** A required list attribute that writes append to. */
export const list = <Kind extends string = string>() =>
  ({ type: 'list', items: { type: typed<TextType<Kind>>('string') }, required: true }) as const;

/** An attribute that may be absent. */
export const optional = <Own extends object>(attribute: Own) =>
  adding(attribute, { required: false } as const);

/** An attribute with a default. */
export const initially = <Type, Value>({ type }: { readonly type: Type }, first: Value) =>
  ({ type, required: true, default: first }) as const;

/** An attribute that is never changed. */
export const fixed = <Own extends object>(attribute: Own) => adding(attribute, { readOnly: true } as const);

/** The bookkeeping of every audited item. Times are ISO 8601 UTC with milliseconds. */
export const stampedAttributes = {
  revision: number(),
  createdAt: fixed(text()),
  updatedAt: text(),
  changed: value<ChangeStamp>(),
} as const;

type Attributes = Readonly<Record<string, Attribute>>;
type Templates = readonly [partition: string, sort: string];

/** Another key of an item, in an index. */
interface Place {
  readonly index: { readonly name: string; readonly partitionKey: string; readonly sortKey: string };
  /** Templates of the index's partition key and sort key. */
  readonly key: Templates;
  /** Whether an item is in that index; by default always. */
  readonly when?: (item: Readonly<Record<string, unknown>>) => boolean;
}
type Places = Readonly<Record<string, Place>>;

/** The only action an event of this kind may have. */
export interface OnlyAction {
  readonly action: `${string}.${string}`;
  /** The prefix of its attribute `about`: `session/`. */
  readonly about: string;
}

/**
 * How an action is undone: fields get their previous values back, deleted items are restored, created ones
 * are removed. Or why it can't be undone; `undo.refusals.ts` has the messages.
 */
export type Undoing =
  | 'puts back'
  | 'brings back'
  | 'takes away'
  | `never: ${'creation' | 'import' | 'account' | 'platform' | 'invitation' | 'joining' | 'check-in' | 'event' | 'expiry' | 'kind'}`;

/** How the audit log records changes of an item. */
interface Trail {
  /** All actions on such an item, as named in entries and events: `<noun>.<past-tense verb>`. */
  readonly actions: readonly `${string}.${string}`[];
  /** How each action is undone; others can't be undone. */
  readonly undo?: Readonly<Record<string, Undoing>>;
  /**
   * The item's name in the audit log, if different, when a change has no stamp with an action: it expired
   * (`check-in.expired`), or its author is unknown (`check-in.updated`).
   */
  readonly unstampedNoun?: string;
  /**
   * For events, by the key attribute `partition`: the entry always has this action; if the event claims
   * another one, its author is considered unknown.
   */
  readonly onlyAction?: Readonly<Record<string, OnlyAction>>;
  /** The attributes shown in entries. `item` derives it. */
  readonly shows: readonly string[];
  /**
   * Attributes that a secondary change may touch. A secondary change of only these and hidden attributes
   * leaves no entry, because the main item's entry covers it.
   */
  readonly secondary?: readonly string[];
}

/** The declaration of a kind of item. */
export interface ItemKind {
  /** The kind's name: the attribute `entity` of each item, and in the audit log. */
  readonly name: string;
  /** Templates of the partition key and the sort key: `{organizationId}#team`, `{teamId}`. */
  readonly key: Templates;
  readonly attributes: Attributes;
  readonly places?: Places;
  /** Allowed values of a key attribute, where they distinguish kinds. */
  readonly oneOf?: Readonly<Record<string, readonly string[]>>;
  /** The last attribute of the sort key, if its text may contain `#`. */
  readonly openEnded?: string;
  /** Only the platform has such items. */
  readonly isPlatforms?: true;
  /** Without it, the item is bookkeeping: changes leave no audit entry, and it has no change stamp. */
  readonly trail?: Trail;
  /** Bookkeeping that has a change stamp nevertheless. */
  readonly isStamped?: true;
  /**
   * Whether an organization's export contains it: `never` if operational or secret; `as trail` if contained
   * in the audit log's proof. By default as stored.
   */
  readonly exported?: 'never' | 'as trail';
  /**
   * The kind that it is a part of, whose id ends its partition key. Parts expire once the whole is deleted
   * (`expiresAt`), and those with a `holder` follow it to a new owner, see `parts.ts`.
   */
  readonly partOf?: string;
  /** Lifetime in seconds from creation to `expiresAt`; without it an item is kept. */
  readonly lasts?: number;
}

/** The names in a template, in order: `organizationId` and `teamId` of `{organizationId}#team#{teamId}`. */
type NamesIn<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? [Name, ...NamesIn<Rest>]
  : [];

type Stamped<Kind> = Kind extends { readonly trail: Trail } | { readonly isStamped: true }
  ? typeof stampedAttributes
  : unknown;

type PlacesOf<Kind> = Kind extends { readonly places: infer All extends Places }
  ? {
      readonly [Name in keyof All]: {
        readonly index: string;
        readonly pk: { readonly field: string; readonly composite: NamesIn<All[Name]['key'][0]> };
        readonly sk: { readonly field: string; readonly composite: NamesIn<All[Name]['key'][1]> };
      };
    }
  : unknown;

/** The ElectroDB schema of a declaration. */
interface SchemaOf<Kind extends ItemKind> {
  readonly model: { readonly entity: string; readonly version: string; readonly service: string };
  readonly attributes: Kind['attributes'] & {
    readonly organizationId: {
      readonly type: OpaquePrimitiveTypeName<OrganizationId>;
      readonly required: true;
    };
  } & Stamped<Kind>;
  readonly indexes: {
    readonly primary: {
      readonly pk: { readonly field: string; readonly composite: NamesIn<Kind['key'][0]> };
      readonly sk: { readonly field: string; readonly composite: NamesIn<Kind['key'][1]> };
    };
  } & PlacesOf<Kind>;
}

/** ElectroDB's entity of a kind of item. */
export type EntityOf<Kind extends ItemKind> =
  SchemaOf<Kind> extends infer S extends Schema<string, string, string>
    ? Entity<Extract<keyof S['attributes'], string>, string, string, S>
    : never;

/** The actions on such an item, as named in the audit log. */
export type ActionOf<Kind extends ItemKind> = Kind extends { readonly trail: { readonly actions: infer All } }
  ? All extends readonly (infer Action extends string)[]
    ? Action
    : never
  : never;

/**
 * The declaration of an audited kind: instead of `attributes`, those that entries show, and those that they
 * deliberately hide.
 */
interface AuditedKind extends Omit<ItemKind, 'attributes' | 'trail'> {
  readonly shown: Attributes;
  readonly hidden?: Attributes;
  readonly trail: Omit<Trail, 'shows'>;
}

type HiddenOf<Kind> = Kind extends { readonly hidden: infer Hidden } ? Hidden : unknown;

type Declared<Kind> = Kind extends AuditedKind
  ? Omit<Kind, 'shown' | 'hidden' | 'trail'> & {
      readonly attributes: With<Kind['shown'], HiddenOf<Kind>>;
      readonly trail: Kind['trail'] & Pick<Trail, 'shows'>;
    }
  : Kind;

/** Declares a kind of item. All have `organizationId`; audited ones have a change stamp. */
export function item<const Kind extends ItemKind | AuditedKind>(kind: Kind): Declared<Kind> {
  if (!('shown' in kind)) return typed<Declared<Kind>>(kind);
  const { shown, hidden, trail, ...same } = kind;
  const whole = {
    ...same,
    attributes: { ...shown, ...hidden },
    trail: { ...trail, shows: Object.keys(shown) },
  };
  return typed<Declared<Kind>>(whole);
}

/**
 * Declares a work list of a scheduled function: organizations with something to do, and when. It belongs to
 * the platform; `due-list.ts` reads and writes it.
 */
export const dueItem = <const Name extends string, const Partition extends string>(
  name: Name,
  partition: Partition,
) =>
  ({
    name,
    exported: 'never',
    key: [`{organizationId}#${partition}`, '{dueOrganization}'],
    isPlatforms: true,
    attributes: { dueOrganization: text<OrganizationId>(), dueAt: text() },
  }) as const;

type Action = `${string}.${string}`;

/** The actions of an item, by what undoing them means, for its `trail`. */
export const acts = <const Undo extends Readonly<Partial<Record<Undoing, readonly Action[]>>>>(
  undo: Undo,
) => ({
  actions: typed<NonNullable<Undo[keyof Undo & Undoing]>>(Object.values(undo).flat()),
  undo: Object.fromEntries(
    Object.entries(undo).flatMap(([undoing, actions = []]) =>
      actions.map((action) => [action, typed<Undoing>(undoing)]),
    ),
  ),
});

/** The names in a template, in order. */
export const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** A template with the values of its names. */
export const filled = (template: string, values: Readonly<Record<string, unknown>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

/** What the rest of the product must know about a noun. Everything that lists nouns derives from `nouns`. */
interface Noun {
  /** Its folder. Audit actions don't derive from it: each item names its own (`trail.actions`). */
  readonly name: string;
  /** Its names in the access rules. */
  readonly subjects: readonly string[];
  /** Its items in the table. */
  readonly items: readonly ItemKind[];
}

/** Declares a noun. */
export const noun = <const Declared extends Noun>(declared: Declared): Declared => declared;
