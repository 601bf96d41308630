import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { fieldErrorsOf, fieldReasons } from '../../domain/field-errors.ts';
import { schemaWords } from '../../domain/words.schema.ts';
import { propertiesOf, describe as schemaOf } from '../../functions/http/openapi/schemas.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import { loadTexts } from '../../web/text/catalogue.ts';
import { type Said, said } from '../../web/text/said.ts';
import { Dice } from '../fuzz/dice.ts';
import { broken, validValue } from '../fuzz/values.ts';
import { english } from './support/english.ts';

const german = await loadTexts('de');

const places = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([place]) => place);

const isDeclared = (value: unknown): value is Record<string, (params: object) => Error> =>
  typeof value === 'object' && value !== null && Object.values(value).every((it) => typeof it === 'function');

/** Every declared error as [reason, sentence]: a sentence without its params keeps its placeholders. */
async function declared(): Promise<[string, string][]> {
  const files = globSync(['domain/errors.ts', '{domain,functions}/**/*.{refusals,schema}.ts']);
  const modules = await Promise.all(files.map((path): Promise<object> => import(resolve(path))));
  return modules
    .flatMap((module) => Object.entries(module))
    .flatMap(([name, value]) => (/refusals$/i.test(name) && isDeclared(value) ? Object.entries(value) : []))
    .map(([reason, refuse]) => [reason, refuse({}).message]);
}

/** The schema errors of all requests for odd input, deterministic. */
function saidToOddInput(): Map<string, Said> {
  z.config(schemaWords);
  const dice = new Dice(4);
  const nowhere = { own: {}, other: {}, foreign: {}, absent: {} };
  const found = new Map<string, Said>();
  const judge = (schema: z.ZodMiniType, value: unknown) => {
    for (const wrong of fieldErrorsOf(schema.safeParse(value).error ?? { issues: [] }))
      found.set(wrong.message, wrong);
  };
  for (const { query, body } of Object.values<Route>(routes)) {
    if (query !== undefined)
      for (const name of Object.keys(propertiesOf(query)))
        for (const odd of ['', '0x2', '9999-12-31', '1'.repeat(30), 'x'.repeat(10_000)])
          judge(query, { [name]: odd });
    if (body === undefined) continue;
    const { schema, named: schemas } = schemaOf(body, 'input');
    for (let times = 0; times < 60; times += 1)
      judge(body, broken(validValue(schema, { dice, schemas, world: nowhere }), dice));
  }
  return found;
}

describe('what the server says', () => {
  it('has a German sentence for each of its reasons, with places of the English one', async () => {
    const all = [...(await declared()), ...Object.entries(fieldReasons)];
    expect(all.length).toBeGreaterThan(100);
    const missing = all.filter(([reason]) => german.reasons[reason] === undefined);
    expect(missing.map(([reason]) => reason)).toEqual([]);
    const odd = all.filter(
      ([reason, sentence]) =>
        !new Set(places(german.reasons[reason] ?? '')).isSubsetOf(new Set(places(sentence))),
    );
    expect(odd.map(([reason]) => reason)).toEqual([]);
  });

  it('names each of its sentences by a reason of its own', async () => {
    const reasons = [...(await declared()).map(([reason]) => reason), ...Object.keys(fieldReasons)];
    expect(reasons.filter((reason, place) => reasons.indexOf(reason) !== place)).toEqual([]);
  });

  it('is in the German catalogue for as long as somebody says it', async () => {
    const reasons = new Set([...(await declared()).map(([reason]) => reason), ...Object.keys(fieldReasons)]);
    expect(Object.keys(german.reasons).filter((reason) => !reasons.has(reason))).toEqual([]);
  });

  it('is German for whatever is wrong with a request', () => {
    const found = saidToOddInput();
    expect(found.size).toBeGreaterThan(25);
    const untold = [...found.values()].filter((wrong) => said(german, wrong) === wrong.message);
    expect(untold).toEqual([]);
  });

  it('comes with its reason, unless a schema just says that something is not valid', () => {
    const unnamed = [...saidToOddInput().values()].filter(
      ({ reason, message }) => reason === 'invalid' && message !== fieldReasons.invalid,
    );
    expect(unnamed).toEqual([]);
  });

  it('keeps what is different each time, in the reader’s words', () => {
    const tooLong = {
      message: 'must be at most 120 characters',
      reason: 'too_long',
      params: { maximum: 120 },
    };
    expect(said(german, tooLong)).toBe('Höchstens 120 Zeichen');
    const role = { message: '', reason: 'role_out_of_reach', params: { role: 'team_leader' } };
    expect(said(german, role)).toContain('die Rolle Teamleitung');
    const start = { message: '', reason: 'before_the_period', params: { start: '2026-11-01' } };
    expect(said(german, start)).toContain('01.11.2026');
    expect(said(english, start)).toContain('Nov 1, 2026');
  });

  it('stays as it is where the catalogue doesn’t know it', () => {
    expect(said(german, { message: 'Something quite new.', reason: 'quite_new' })).toBe(
      'Something quite new.',
    );
    expect(said(german, { message: 'Something quite old.' })).toBe('Something quite old.');
    expect(said(english, { message: 'Quite new.', reason: 'user_not_found' })).toBe('Quite new.');
  });

  it('is never the schema library’s own English', () => {
    const odd = [...saidToOddInput().keys()].filter((message) =>
      /expected|received|[<>]=|^(Too|Invalid|Un)/.test(message),
    );
    expect(odd).toEqual([]);
  });
});
