import type { OpenApiDocument } from '../../functions/http/openapi/document.ts';
import type { JsonSchema } from '../../functions/http/openapi/schemas.ts';
import type { Ids, World } from '../access/world.ts';
import type { Dice } from './dice.ts';
import { extraFields, nastyText, nastyValue } from './nasty.ts';

/** The inputs of generated values: randomness, the document's named schemas, and existing ids. */
export interface Maker {
  readonly dice: Dice;
  readonly schemas: OpenApiDocument['components']['schemas'];
  readonly world: Pick<World, 'own' | 'other' | 'foreign' | 'absent'>;
}

/** An id of a type: mostly the caller's own, otherwise another organization's, or a nonexistent one. */
export function idOf(name: string, { dice, world }: Maker): string {
  const from: Ids = dice.oneIn(2)
    ? world.own
    : dice.pick(world.own, world.other, world.foreign, world.absent);
  return from[name] ?? nastyText(dice);
}

function textOf({ format, pattern, maxLength = 40 }: JsonSchema, maker: Maker): string {
  const { dice } = maker;
  const [, prefix = ''] = /\^\(?(?:\?:)?(?:platform\|)?([a-z]+)_/.exec(pattern ?? '') ?? [];
  const [id] = Object.entries(maker.world.absent).find(([, one]) => one.startsWith(`${prefix}_`)) ?? [];
  if (id !== undefined) return idOf(id, maker);
  if (format === 'date') return `20${dice.pick(25, 26, 27)}-0${1 + dice.below(9)}-1${dice.below(10)}`;
  if (format === 'date-time') return `2026-0${1 + dice.below(9)}-1${dice.below(10)}T08:00:00.000Z`;
  if (format === 'email') return `fuzz-${dice.below(1e6)}@fuzz.example`;
  return dice.oneIn(10) ? 'y'.repeat(maxLength) : `Fuzz ${dice.below(1e6)}`;
}

/** A value that a schema accepts, as far as the schema expresses all rules. */
export function validValue(schema: JsonSchema, maker: Maker): unknown {
  const { dice, schemas } = maker;
  const { $ref, enum: choices, const: only, anyOf, oneOf } = schema;
  if ($ref !== undefined) return validValue(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, maker);
  if (only !== undefined) return only;
  const either = choices ?? anyOf ?? oneOf;
  const chosen = either?.[dice.below(either.length)];
  if (choices !== undefined) return chosen;
  if (typeof chosen === 'object' && chosen !== null) return validValue(chosen, maker);
  switch ([schema.type].flat()[0]) {
    case 'string':
      return textOf(schema, maker);
    case 'integer':
    case 'number':
      return (schema.minimum ?? 0) + dice.below(Math.min((schema.maximum ?? 50) - (schema.minimum ?? 0), 50));
    case 'boolean':
      return dice.oneIn(2);
    case 'array':
      return Array.from({ length: (schema.minItems ?? 0) + dice.below(3) }, () => itemOf(schema, maker));
    case 'object':
      return objectOf(schema, maker);
    default:
      return nastyValue(dice);
  }
}

const isSchema = (part: unknown): part is JsonSchema => typeof part === 'object' && part !== null;

const itemOf = ({ items }: JsonSchema, maker: Maker) =>
  isSchema(items) && !Array.isArray(items) ? validValue(items, maker) : nastyValue(maker.dice);

function objectOf({ properties = {}, required = [] }: JsonSchema, maker: Maker): Record<string, unknown> {
  const given = Object.entries(properties).filter(([name]) => required.includes(name) || maker.dice.oneIn(2));
  return Object.fromEntries(
    given.map(([name, property]) => [name, isSchema(property) ? validValue(property, maker) : null]),
  );
}

/** The value with one defect: another value, an additional or a missing property. */
export function broken(value: unknown, dice: Dice): unknown {
  if (typeof value !== 'object' || value === null || dice.oneIn(6)) return nastyValue(dice);
  if (Array.isArray(value)) {
    const at = dice.below(value.length);
    return value.length === 0 ? nastyValue(dice) : value.with(at, broken(value[at], dice));
  }
  const entries: [string, unknown][] = Object.entries(value);
  const at = dice.below(entries.length);
  if (entries.length === 0 || dice.oneIn(4)) {
    // Parsed from JSON, like a request, so that `__proto__` becomes an ordinary property.
    const extra: object = JSON.parse(
      `{${JSON.stringify(dice.pick(...extraFields))}:${JSON.stringify(nastyValue(dice))}}`,
    );
    return Object.fromEntries([...entries, ...Object.entries(extra)]);
  }
  if (dice.oneIn(4)) return Object.fromEntries(entries.toSpliced(at, 1));
  return Object.fromEntries(
    entries.map(([name, part], index) => [name, index === at ? broken(part, dice) : part]),
  );
}
