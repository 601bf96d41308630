import * as z from 'zod/mini';
import { toJSONSchema } from 'zod/v4/core';
import { components } from './components.ts';

/** JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** As it is sent, or as it is answered: they differ where input is trimmed, coerced or has a default. */
type Direction = 'input' | 'output';

const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(components)) names.add(schema, { id });

/** A schema for a document, and the named ones that it refers to as `#/components/schemas/<name>`. */
interface Described {
  readonly schema: JsonSchema;
  readonly named: Readonly<Record<string, JsonSchema>>;
}

/** Describes a schema of the route table. Throws for what JSON Schema can't say. */
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

/** The fields of an input that is an object. */
export const propertiesOf = (schema: z.ZodMiniType): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    Object.entries(toJSONSchema(schema, { io: 'input', override: improve('input') }).properties ?? {}).map(
      ([name, property]) => [name, typeof property === 'boolean' ? {} : property],
    ),
  );

interface Node {
  readonly zodSchema: z.core.$ZodTypes;
  readonly jsonSchema: JsonSchema;
}

/** Says what zod's own translation leaves out, and leaves out what helps no reader. */
const improve =
  (io: Direction) =>
  ({ zodSchema: { _zod }, jsonSchema }: Node): void => {
    // The format says it; the pattern that comes with it is for machines of another kind.
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    const { def } = _zod;
    if (def.type === 'pipe' && io === 'input') Object.assign(jsonSchema, limitsOf(def.out));
    // An answer may get new fields: who reads it must not refuse them.
    if (def.type === 'object' && io === 'output' && def.catchall?._zod.def.type !== 'never')
      delete jsonSchema.additionalProperties;
    if (jsonSchema.type === 'integer') {
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    }
  };

/** What a text has to be once it is trimmed and normalised. */
function limitsOf(out: z.core.$ZodType): JsonSchema {
  const { minLength, maxLength, format, type } = toJSONSchema(out, { unrepresentable: 'any' });
  if (type === 'boolean') return { enum: ['true', 'false'] };
  return {
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(format === undefined ? {} : { format }),
  };
}
