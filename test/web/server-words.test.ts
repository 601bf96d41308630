import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { schemaWords } from '../../domain/words.schema.ts';
import { propertiesOf, describe as schemaOf } from '../../functions/http/openapi/schemas.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import { english } from '../../web/text/catalogue.ts';
import { server as german, sentences } from '../../web/text/de/server.ts';
import { Dice } from '../fuzz/dice.ts';
import { broken, validValue } from '../fuzz/values.ts';

// What is said to operators, to Clerk, or of rules and steps: the web app has words of its own for it, or
// doesn't show it.
const spokenElsewhere =
  /domain\/import\/|openapi|\/table\/|access\/(explain|words)\.ts$|onboarding\.service|routes\.ts$/;
const sources = ['domain/**/*.ts', 'functions/http/**/*.ts', 'functions/clerk/*.ts']
  .flatMap((pattern) => globSync(pattern))
  .filter((path) => !spokenElsewhere.test(path));

/** A sentence, or what begins like the demands on a field, or stands where a schema's messages do. */
const literal = /(error: |message: )?(?:'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`((?:[^`\\]|\\.)*)`)/g;
const isSaid = (text: string, isMessage: boolean) =>
  text.includes(' ') &&
  (isMessage || /^must |^is (required|not valid)$/.test(text) || /^[A-Z${][^=]*\.$/.test(text));

/** What the domain's schemas and errors can say, `{}` in place of what differs. */
function said(): Set<string> {
  const found = new Set<string>();
  for (const path of sources)
    for (const [, isMessage, ...texts] of readFileSync(path, 'utf8').matchAll(literal)) {
      const text = texts.find((one) => one !== undefined) ?? '';
      if (isSaid(text, isMessage !== undefined)) found.add(text.replaceAll(/\$\{[^}]*\}|\{\w+\}/g, '{}'));
    }
  return found;
}

/** What the schemas of all requests say to odd input; the same each time. */
function saidToOddInput(): Set<string> {
  z.config(schemaWords);
  const dice = new Dice(4);
  const nowhere = { own: {}, other: {}, foreign: {}, absent: {} };
  const found = new Set<string>();
  for (const { query, body } of Object.values<Route>(routes)) {
    for (const name of Object.keys(query === undefined ? {} : propertiesOf(query)))
      for (const odd of ['', '0x2', '9999-12-31', '1'.repeat(30), 'x'.repeat(10_000)])
        for (const { message } of query?.safeParse({ [name]: odd }).error?.issues ?? []) found.add(message);
    if (body === undefined) continue;
    const { schema, named: schemas } = schemaOf(body, 'input');
    for (let times = 0; times < 60; times += 1) {
      const odd = broken(validValue(schema, { dice, schemas, world: nowhere }), dice);
      for (const { message } of body.safeParse(odd).error?.issues ?? []) found.add(message);
    }
  }
  return found;
}

describe('what the server says', () => {
  it('is in the German catalogue, every sentence of it', () => {
    const all = said();
    expect(all.size).toBeGreaterThan(100);
    expect([...all].filter((sentence) => german(sentence) === sentence)).toEqual([]);
  });

  it('is in the catalogue for as long as somebody says it', () => {
    const all = said();
    expect(Object.keys(sentences).filter((sentence) => !all.has(sentence))).toEqual([]);
  });

  it('is German for whatever is wrong with a request', () => {
    const found = saidToOddInput();
    expect(found.size).toBeGreaterThan(25);
    expect([...found].filter((message) => german(message) === message)).toEqual([]);
  });

  it('keeps what is different each time, in the reader’s words', () => {
    expect(german('must be at most 120 characters')).toBe('darf höchstens 120 Zeichen lang sein');
    expect(german('Your role may not grant, change or remove the role org_admin.')).toBe(
      'Ihre Rolle darf die Rolle Admin weder geben noch ändern noch nehmen.',
    );
  });

  it('stays as it is where the catalogue doesn’t know it', () => {
    expect(german('Something quite new.')).toBe('Something quite new.');
    expect(english.server('must be an e-mail address')).toBe('must be an e-mail address');
  });

  it('is never the schema library’s own English', () => {
    const odd = [...saidToOddInput()].filter((message) =>
      /expected|received|[<>]=|^(Too|Invalid|Un)/.test(message),
    );
    expect(odd).toEqual([]);
  });
});
