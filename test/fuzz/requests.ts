import type { Operation } from '../../functions/http/openapi/operation.ts';
import { describe } from '../../functions/http/openapi/schemas.ts';
import type { Route } from '../../functions/http/route.ts';
import { type Caller, callers } from '../access/world.ts';
import type { Dice } from './dice.ts';
import { nastyText, rawBodies } from './nasty.ts';
import { broken, idOf, type Maker, validValue } from './values.ts';

/** A request in the format of the product's test client. */
export interface FuzzRequest {
  readonly path: string;
  readonly method: string;
  readonly by: Caller | 'nobody' | 'a liar';
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const inPath = (text: string) => encodeURIComponent(text.toWellFormed().slice(0, 300));

function pathOf({ path, function: audience }: Route, maker: Maker): string {
  const { dice, world } = maker;
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (dice.oneIn(15)) return inPath(nastyText(dice) || 'x');
    // Super admin actions that would end the organization that all other requests use.
    if (audience === 'admin') return dice.pick(world.foreign, world.absent)[name] ?? 'x';
    return inPath(idOf(name, maker));
  });
}

function queryOf({ parameters }: Operation, maker: Maker, cursors: readonly string[]): string {
  const { dice } = maker;
  const search = new URLSearchParams();
  for (const { in: at, name, required, schema } of parameters) {
    if (at !== 'query' || !(required || dice.oneIn(2))) continue;
    const valid = name === 'cursor' ? cursorOf(dice, cursors) : String(validValue(schema, maker));
    search.set(name, (dice.oneIn(6) ? nastyText(dice) : valid).slice(0, 3000));
  }
  if (dice.oneIn(20)) search.append(nastyText(dice).slice(0, 50), nastyText(dice).slice(0, 50));
  return search.size === 0 ? '' : `?${search}`;
}

/**
 * A cursor returned by some list: unchanged, for whichever list is called now, or with one character
 * changed.
 */
function cursorOf(dice: Dice, cursors: readonly string[]): string {
  const cursor = cursors[dice.below(cursors.length)] ?? 'none';
  if (dice.oneIn(2)) return cursor;
  const at = dice.below(cursor.length);
  return `${cursor.slice(0, at)}${dice.pick('A', '.', '-', '')}${cursor.slice(at + 1)}`;
}

function headersOf(route: Route, dice: Dice): Record<string, string> {
  const headers: Record<string, string> = {};
  if (route.method !== 'GET' && !dice.oneIn(8))
    headers['if-match'] = dice.pick('"1"', '"1"', '"2"', '"3"', 'W/"1"', '*', '1', '"99999999999999999999"');
  if (dice.oneIn(5))
    headers['idempotency-key'] = dice.pick(
      'a',
      'b',
      `key-${dice.below(40)}`,
      'k'.repeat(65),
      'with space',
      '\u00e9',
    );
  if (dice.oneIn(25))
    headers['content-type'] = dice.pick('text/plain', 'application/jsonx', 'multipart/form-data');
  if (dice.oneIn(25)) headers['user-agent'] = 'u'.repeat(2000);
  return headers;
}

function bodyOf({ body }: Route, maker: Maker): unknown {
  const { dice } = maker;
  if (body === undefined) return dice.oneIn(8) ? dice.pick(...rawBodies) : undefined;
  if (dice.oneIn(10)) return dice.pick(...rawBodies);
  const valid = validValue(describe(body, 'input').schema, maker);
  return dice.oneIn(2) ? valid : broken(valid, dice);
}

/** A request for a route, valid or invalid in some way, with or without a user. */
export function requestFor(
  route: Route,
  operation: Operation,
  maker: Maker,
  cursors: readonly string[],
): FuzzRequest {
  const { dice } = maker;
  const body = route.method === 'GET' ? undefined : bodyOf(route, maker);
  return {
    path: `${pathOf(route, maker)}${queryOf(operation, maker, cursors)}`,
    method: route.method,
    by: dice.oneIn(30) ? dice.pick('nobody', 'a liar') : dice.pick(...callers),
    ...(body === undefined ? {} : { body }),
    headers: headersOf(route, dice),
  };
}
