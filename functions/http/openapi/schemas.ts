import * as z from 'zod/mini';
import { toJSONSchema } from 'zod/v4/core';
import type { Statement } from '../../../domain/rule.schema.ts';

/** JSON Schema 2020-12, as used by OpenAPI 3.1. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** As sent or as returned: they differ where input is trimmed, coerced or has a default. */
type Direction = 'input' | 'output';

const names = z.registry<{ id: string }>();

/** Assigns the names that `describe` uses for schemas. */
export function nameSchemas(components: Readonly<Record<string, z.ZodMiniType>>): void {
  names.clear();
  for (const [id, schema] of Object.entries(components)) names.add(schema, { id });
}

export const referenceTo = (name: string) => `#/components/schemas/${name}`;

/** A schema for the document, and the named schemas it refers to as `#/components/schemas/<name>`. */
export interface Described {
  readonly schema: JsonSchema;
  readonly named: Readonly<Record<string, JsonSchema>>;
}

/** Describes a schema of the route table. Throws if JSON Schema can't express it. */
export function describe(schema: z.ZodMiniType, io: Direction): Described {
  const {
    $schema,
    $defs = {},
    ...whole
  } = toJSONSchema(schema, {
    io,
    metadata: names,
    override: improve(io),
  });
  const text = JSON.stringify({ schema: whole, named: $defs });
  const described: Described = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
  return described;
}

/** The fields of an object input. */
export const propertiesOf = (schema: z.ZodMiniType): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    Object.entries(describe(schema, 'input').schema.properties ?? {}).map(([name, property]) => [
      name,
      typeof property === 'boolean' ? {} : property,
    ]),
  );

/** The variants of a response: one, unless it is a union. */
export function variantsOf(answer: Described | undefined): JsonSchema[] {
  if (answer === undefined) return [];
  const { schema, named } = answer;
  const own = schema.$ref === undefined ? schema : (named[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  const choices = own.anyOf ?? own.oneOf;
  return choices === undefined ? [own] : choices.flatMap((choice) => variantsOf({ schema: choice, named }));
}

interface Node {
  readonly zodSchema: z.core.$ZodTypes;
  readonly jsonSchema: JsonSchema;
}

/** Adds what zod's own conversion omits, and removes what doesn't help readers. */
const improve =
  (io: Direction) =>
  ({ zodSchema, jsonSchema }: Node): void => {
    const { def } = zodSchema._zod;
    // The format implies it, except for email addresses, where fewer are accepted.
    if (jsonSchema.format !== undefined && jsonSchema.format !== 'email') delete jsonSchema.pattern;
    // Describes input as it must be after trimming, normalizing or parsing.
    if (def.type === 'pipe' && io === 'input') narrow(jsonSchema, ownSchemaOf(def.out));
    if (io === 'input') Object.assign(jsonSchema, statementsOf(zodSchema, jsonSchema));
    if (def.type === 'union') improveUnion(def, jsonSchema, io);
    // Responses may get new fields, so clients must not reject them.
    if (def.type === 'object' && io === 'output' && def.catchall === undefined)
      delete jsonSchema.additionalProperties;
    improveNumber(jsonSchema);
  };

/** Adds the constraints of a later step. */
function narrow(jsonSchema: JsonSchema, later: JsonSchema): void {
  const words = [jsonSchema.description, later.description].filter((it) => it !== undefined);
  Object.assign(jsonSchema, later, {
    ...(jsonSchema.pattern === undefined ? {} : { pattern: jsonSchema.pattern }),
    ...(words.length === 0 ? {} : { description: [...new Set(words)].join('; ') }),
  });
}

/** The constraints of one step; none for a step that only transforms. */
function ownSchemaOf(part: z.core.$ZodType): JsonSchema {
  if (part._zod.def.type === 'transform') return {};
  const { $schema, ...own } = toJSONSchema(part, {
    io: 'input',
    metadata: names,
    override: improve('input'),
  });
  return own;
}

function improveNumber(jsonSchema: JsonSchema): void {
  // Without a format, clients may assume 32 bits.
  if (jsonSchema.type === 'number') jsonSchema.format = 'double';
  if (jsonSchema.type !== 'integer') return;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** A rule's message; undefined if it depends on the input. */
const wordsOf = ({ error }: { readonly error?: z.core.$ZodErrorMap | undefined }): string | undefined => {
  const words = error?.({ code: 'custom', input: undefined });
  return typeof words === 'string' ? words : undefined;
};

const rulesOf = (schema: z.core.$ZodType): z.core.$ZodCustomDef[] =>
  (schema._zod.def.checks ?? []).flatMap(({ _zod: { def } }) => (isRule(def) ? [def] : []));

const isRule = (def: z.core.$ZodCheckDef): def is z.core.$ZodCustomDef => def.check === 'custom';

const statementOf = ({ params }: z.core.$ZodCustomDef): Statement | undefined => params;

/** The messages of rules that JSON Schema can't express, each with its field, if any. */
export const wordsOfRules = (schema: z.core.$ZodType): { readonly path: string; readonly words: string }[] =>
  rulesOf(schema).flatMap((def) => {
    const statement = statementOf(def);
    const words = statement === undefined || statement.inPart ? wordsOf(def) : undefined;
    return words === undefined ? [] : [{ path: (def.path ?? []).join('.'), words }];
  });

/** A schema's rules: as JSON Schema where possible, otherwise as text. */
function statementsOf(schema: z.core.$ZodType, { minLength, description }: JsonSchema): JsonSchema {
  const stated: JsonSchema = Object.assign({}, ...rulesOf(schema).map((def) => statementOf(def)?.jsonSchema));
  const forbidden = forbiddenBy(schema);
  const words = [
    description,
    z.globalRegistry.get(schema)?.description,
    ...wordsOfRules(schema).map(({ path, words }) => (path === '' ? words : `\`${path}\` ${words}`)),
  ].filter((it) => it !== undefined);
  return {
    ...stated,
    ...(forbidden === '' ? {} : { pattern: patternWithout(forbidden, stated.minLength ?? minLength ?? 0) }),
    ...(words.length === 0 ? {} : { description: words.join('; ') }),
  };
}

/** The characters forbidden by any step's rules. */
function forbiddenBy(schema: z.core.$ZodType): string {
  const own = rulesOf(schema).map((def) => statementOf(def)?.without ?? '');
  const { def } = schema._zod;
  return [...(isPipe(def) ? [forbiddenBy(def.out)] : []), ...own].join('');
}

const isPipe = (def: z.core.$ZodTypeDef): def is z.core.$ZodPipeDef => def.type === 'pipe';

/**
 * A pattern for a string without these characters and, if it must not be empty, with at least one non-space
 * character.
 */
const patternWithout = (forbidden: string, minLength: number): string =>
  minLength === 0 ? `^[^${forbidden}]*$` : `^[^${forbidden}]*[^${forbidden}\\s][^${forbidden}]*$`;

function improveUnion(def: z.core.$ZodUnionDef, jsonSchema: JsonSchema, io: Direction): void {
  if ('discriminator' in def && typeof def.discriminator === 'string')
    Object.assign(jsonSchema, { discriminator: discriminatorOf(def, def.discriminator) });
  const { anyOf } = jsonSchema;
  if (anyOf === undefined) return;
  const forms = anyOf.map(({ type, format }) => (type === 'string' ? format : undefined));
  if (io === 'input' && forms.every((format) => format !== undefined)) {
    // To a client, a string in several formats is just a string.
    delete jsonSchema.anyOf;
    const pattern = def.options.map((option) => toJSONSchema(option, { io }).pattern).join('|');
    Object.assign(jsonSchema, { type: 'string', pattern, description: `may be a ${forms.join(' or a ')}` });
  } else if (areApart(def)) {
    // Some generators merge everything in `anyOf` into one type and drop what isn't an object.
    delete jsonSchema.anyOf;
    Object.assign(jsonSchema, { oneOf: anyOf });
  }
}

const plainTypes = new Set(['string', 'number', 'array', 'object']);

/** Whether no value can match two variants, since their types differ. */
function areApart({ options }: z.core.$ZodUnionDef): boolean {
  const types = new Set<string>(options.map((option) => option._zod.def.type));
  return types.size === options.length && types.isSubsetOf(plainTypes);
}

/** Identifies an object's variant by the value of one field. */
function discriminatorOf({ options }: z.core.$ZodUnionDef, propertyName: string) {
  const mapping = options.flatMap((option) => {
    const name = names.get(option)?.id;
    const values = [...(option._zod.propValues?.[propertyName] ?? [])];
    return name === undefined ? [] : values.map((value) => [String(value), referenceTo(name)]);
  });
  return { propertyName, ...(mapping.length === 0 ? {} : { mapping: Object.fromEntries(mapping) }) };
}
