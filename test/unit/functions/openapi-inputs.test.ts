import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { openApiDocument } from '../../../functions/http/openapi/document.ts';
import { describe as schemaOf } from '../../../functions/http/openapi/schemas.ts';
import type { Route } from '../../../functions/http/route.ts';
import { routes } from '../../../functions/http/routes.ts';
import { Dice } from '../../fuzz/dice.ts';
import { broken, validValue } from '../../fuzz/values.ts';

const document = openApiDocument(routes);
const schemas = new Ajv2020({ strict: false });
formats.default(schemas);
schemas.addSchema({ ...document, $id: 'api' });

const nowhere = { own: {}, other: {}, foreign: {}, absent: {} };
const bodies = Object.entries<Route>(routes).flatMap(([name, { path, method, body }]) =>
  body === undefined
    ? []
    : [
        {
          name,
          body,
          place: [
            'paths',
            path,
            method.toLowerCase(),
            'requestBody',
            'content',
            'application/json',
            'schema',
          ],
        },
      ],
);

const pointer = (parts: readonly string[]) =>
  `api#/${parts.map((part) => encodeURIComponent(part.replaceAll('/', '~1'))).join('/')}`;

/** Bodies that are valid, or have one defect; deterministic. */
function tries(body: z.ZodMiniType): unknown[] {
  const dice = new Dice(21);
  const { schema, named } = schemaOf(body, 'input');
  const maker = { dice, schemas: named, world: nowhere };
  return Array.from({ length: 400 }, () => {
    const valid = validValue(schema, maker);
    return dice.oneIn(3) ? valid : broken(valid, dice);
  });
}

describe.each(bodies)('what the document says of the body of $name', ({ body, place }) => {
  const takes = schemas.getSchema(pointer(place));
  const words = JSON.stringify(schemaOf(body, 'input'));

  it('is what the server checks: it takes what the document takes, but for rules that stand there in words', () => {
    const refused = tries(body)
      .filter((value) => takes?.(value) === true)
      .flatMap((value) => body.safeParse(value).error?.issues ?? [])
      .filter(({ message }) => !words.includes(JSON.stringify(message).slice(1, -1)));
    expect(refused).toEqual([]);
  });

  it('is what the server checks: it refuses what the document refuses, once texts are trimmed', () => {
    const taken = tries(body).flatMap((value) => {
      if (takes?.(value) === true) return [];
      const { data, success } = body.safeParse(value);
      return success && takes?.(data) !== true ? [{ value, wrong: takes?.errors }] : [];
    });
    expect(taken).toEqual([]);
  });
});
