import type { Attribute, CustomAttributeType, Entity, OpaquePrimitiveTypeName, Schema } from 'electrodb';
import type { OrganizationId } from '../ids.ts';
import type { ChangeStamp } from './change-stamp.ts';

/**
 * A kind of item is declared as data, which the web and the stream read too. `entityOf` derives ElectroDB's
 * entity from it, and `writes.ts` its writes.
 */

// ElectroDB's `CustomAttributeType` only returns its argument, so its type is enough and nothing is loaded.
type Custom<Value> = ReturnType<typeof CustomAttributeType<Value>>;
type TextType<Kind extends string> = string extends Kind ? 'string' : OpaquePrimitiveTypeName<Kind>;

/** The boundary where a value at run time gets the type that its declaration promises. */
// biome-ignore lint/nursery/noUnsafeTypeAssertion: the one place of the table's folder
export const typed = <Type>(value: unknown): Type => value as Type;

type With<Own, More> = {
  readonly [Name in keyof (Omit<Own, keyof More> & More)]: (Omit<Own, keyof More> & More)[Name];
};
const adding = <Own, More>(own: Own, more: More) => typed<With<Own, More>>({ ...own, ...more });

/** An attribute that every item of its kind has; `Kind` narrows which text it may be. */
export const text = <Kind extends string = string>() =>
  ({ type: typed<TextType<Kind>>('string'), required: true }) as const;

/** An attribute that is a number. */
export const number = () => ({ type: 'number', required: true }) as const;

/** An attribute that is true or false. */
export const flag = () => ({ type: 'boolean', required: true }) as const;

/** An attribute that is a list or has several parts. */
export const value = <Value>() => ({ type: typed<Custom<Value>>('any'), required: true }) as const;

/** An attribute that is a list which writes append to. */
export const list = <Kind extends string = string>() =>
  ({ type: 'list', items: { type: typed<TextType<Kind>>('string') }, required: true }) as const;

/** An attribute that an item may lack. */
export const optional = <Own extends object>(attribute: Own) =>
  adding(attribute, { required: false } as const);

/** An attribute that begins with a value when none is given. */
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

/** Another place of an item, in an index of the table. */
interface Place {
  readonly index: { readonly name: string; readonly partitionKey: string; readonly sortKey: string };
  /** Templates of the index's partition key and sort key. */
  readonly key: Templates;
  /** Whether an item is in that index; by default each is. */
  readonly when?: (item: Readonly<Record<string, unknown>>) => boolean;
}
type Places = Readonly<Record<string, Place>>;

/** What alone a kind of event may say of itself. */
export interface OnlyAction {
  readonly action: `${string}.${string}`;
  /** What its attribute `about` begins with: `session/`. */
  readonly about: string;
}

/**
 * What undoing an action does: fields get back what stood there, what is gone is brought back, what came is
 * taken away again. Or it can't be undone, for a reason that `undo.refusals.ts` puts into words.
 */
export type Undoing =
  | 'puts back'
  | 'brings back'
  | 'takes away'
  | `never: ${'creation' | 'import' | 'account' | 'platform' | 'invitation' | 'joining' | 'check-in' | 'event' | 'expiry' | 'kind'}`;

/** How the audit trail records a change of an item. */
interface Trail {
  /** Every action on such an item, as entries and events name it: `<noun>.<past-tense verb>`. */
  readonly actions: readonly `${string}.${string}`[];
  /** What undoing each action does; one that isn't named here can't be undone. */
  readonly undo?: Readonly<Record<string, Undoing>>;
  /**
   * What the trail calls the item, where that isn't its name, when a change has no stamp that names an
   * action: it expired (`check-in.expired`), or nobody says who wrote it (`check-in.updated`).
   */
  readonly unstampedNoun?: string;
  /**
   * Of events, by the attribute `partition` in their key: an entry has this action, whatever the event says,
   * and one that says another is by nobody.
   */
  readonly onlyAction?: Readonly<Record<string, OnlyAction>>;
  /** The attributes that an entry shows. */
  readonly shows: readonly string[];
  /** Those that it leaves out on purpose. A test fails for an attribute that is in neither list. */
  readonly hides?: readonly string[];
  /**
   * Those that a secondary change may touch. A secondary change of only these and hidden attributes leaves no
   * entry, because the entry of the item that it goes along with covers it.
   */
  readonly secondary?: readonly string[];
}

/** The declaration of a kind of item. */
export interface ItemKind {
  /** Names the kind: in the attribute `entity` of each item and in the audit trail. */
  readonly name: string;
  /** Templates of the partition key and the sort key: `{organizationId}#team`, `{teamId}`. */
  readonly key: Templates;
  readonly attributes: Attributes;
  readonly places?: Places;
  /** The only values of an attribute in the key, where they tell one kind from another. */
  readonly oneOf?: Readonly<Record<string, readonly string[]>>;
  /** The attribute at the end of the sort key whose text may hold `#`. */
  readonly openEnded?: string;
  /** Only the platform has such items. */
  readonly isPlatforms?: true;
  /**
   * An item without it is bookkeeping: its changes leave no entry in the trail, and it has no change stamp.
   */
  readonly trail?: Trail;
  /** Bookkeeping that has a change stamp nevertheless. */
  readonly isStamped?: true;
  /**
   * Whether an export of its organization has it: `never` what only runs the product, or is secret; `as
   * trail` what is in the trail's proof. By default it has it as it is stored.
   */
  readonly exported?: 'never' | 'as trail';
  /**
   * The kind that it is a part of, whose id ends its partition key. Parts expire once the whole is deleted
   * (`expiresAt`), and those with a `holder` follow it to a new owner, see `parts.ts`.
   */
  readonly partOf?: string;
  /** How many seconds after its creation `expiresAt` is; without it an item stays. */
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

/** The actions that change such an item, as the audit trail names them. */
export type ActionOf<Kind extends ItemKind> = Kind extends { readonly trail: { readonly actions: infer All } }
  ? All extends readonly (infer Action extends string)[]
    ? Action
    : never
  : never;

/** Declares a kind of item. Every one has `organizationId`; the audited ones have their change stamp. */
export const item = <const Kind extends ItemKind>(kind: Kind): Kind => kind;

/** The actions of an item, each with what undoing it means, for its `trail`. */
export const acts = <const Undo extends Readonly<Record<string, Undoing>>>(undo: Undo) => ({
  actions: typed<readonly (keyof Undo & string)[]>(Object.keys(undo)),
  undo,
});

/** The names in a template, in order. */
export const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** A template with the values of its names. */
export const filled = (template: string, values: Readonly<Record<string, unknown>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

/** What the rest of the product must know of a noun, said once: all that lists nouns goes by `nouns`. */
interface Noun {
  /** Its folder. Audit actions don't follow from it: each item names its own in full (`trail.actions`). */
  readonly name: string;
  /** What the access rules call it and its parts. */
  readonly subjects: readonly string[];
  /** What it keeps in the table. */
  readonly items: readonly ItemKind[];
}

/** Declares a noun. */
export const noun = <const Declared extends Noun>(declared: Declared): Declared => declared;
