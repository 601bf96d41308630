import type { Dice } from './dice.ts';

const texts: readonly [string, ...string[]] = [
  '',
  ' ',
  'x'.repeat(10_000),
  '💥'.repeat(60),
  'ﷺ'.repeat(40),
  'Zoë\u0301 Müller İıſ',
  '\u0000',
  'line\r\nbreak\ttab',
  '\u202Egnp.exe',
  'lone \uD800 surrogate',
  '\u200B\u200D\uFEFF',
  "' OR 1=1; --",
  '<script>alert(1)</script>',
  '=HYPERLINK("http://x.example")',
  '../../etc/passwd',
  '%00%2e%2e%2f',
  '{{7*7}}#{7*7}',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'null',
  'NaN',
  '-1',
  '1e999',
  '9007199254740993',
  'true',
  'platform',
  'org_01ARZ3NDEKTSV4RRFFQ69G5FAV#audit',
  'org_01arz3ndektsv4rrffq69g5fav',
  'user_',
  'a@b',
  '2026-02-30',
  '0000-00-00',
  '+010000-01-01T00:00:00.000Z',
];

const deep = (levels: number): unknown => (levels === 0 ? [] : [deep(levels - 1)]);

/** A string that a careless or malicious client could send. */
export const nastyText = (dice: Dice): string => dice.pick(...texts);

/** A JSON value that is invalid almost everywhere. */
export const nastyValue = (dice: Dice): unknown =>
  dice.oneIn(2)
    ? nastyText(dice)
    : dice.pick<unknown>(
        null,
        true,
        0,
        -1,
        0.1,
        1e308,
        -1e308,
        5e-324,
        2 ** 53 + 2,
        [],
        {},
        [null],
        deep(200),
        Array(500).fill('x'),
        { toString: 'x', valueOf: 'x', constructor: { name: 'x' } },
      );

/** Unknown properties; the first would change every object if merged carelessly. */
export const extraFields: readonly [string, ...string[]] = [
  '__proto__',
  'constructor',
  'prototype',
  'role',
  'organizationId',
  'status',
  'revision',
  'pk',
  'changed',
  '$where',
  '',
];

/** Bodies that are invalid JSON, or nearly so. */
export const rawBodies: readonly [string, ...string[]] = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '0',
  '\uFEFF{}',
  '{"__proto__":{"role":"super_admin"}}',
  '{"name":"a","name":"b"}',
  '{"value":1e999}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  `{"name":"${'y'.repeat(66_000)}"}`,
  '<xml/>',
  'name=x&role=org_admin',
];
