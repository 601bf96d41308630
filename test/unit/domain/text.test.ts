import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { line, paragraph } from '../../../domain/text.schema.ts';

const read = (text: string) => line(120).safeParse(text);
const problem = (text: string) => read(text).error?.issues[0]?.message;

describe('a line of text', () => {
  it.each([
    ['a zero-width space', 'Ac\u200Bme', 'Acme'],
    ['a byte order mark', '\uFEFFAcme', 'Acme'],
    ['a word joiner and a soft hyphen', 'Ac\u2060m\u00ADe', 'Acme'],
    ['direction marks', '\u200EAcme\u200F', 'Acme'],
    ['joiners between Latin letters', 'Ac\u200Cm\u200De', 'Acme'],
    ['a joiner at the end', 'می\u200C', 'می'],
    ['hidden tags', 'Acme\u{E0061}\u{E0062}', 'Acme'],
  ])('loses %s, which nobody sees', (_, text, seen) => {
    expect(read(text).data).toBe(seen);
  });

  it.each([
    ['Arabic and Hebrew', 'شركة الأمل · חברת התקווה'],
    ['Persian with its joiners', 'می\u200Cخواهم'],
    ['Hindi with its joiners', 'क्\u200Dष'],
    ['an emoji of several people', '👩🏽\u200D💻 👨\u200D👩\u200D👧'],
    ['a flag of a region', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
    ['a heart on fire and a rainbow flag', '❤\uFE0F\u200D🔥 🏳\uFE0F\u200D🌈'],
  ])('keeps %s', (_, text) => {
    expect(read(text).data).toBe(text);
  });

  it('is refused when it would be shown in another direction than it is written', () => {
    for (const character of ['\u202A', '\u202E', '\u2066', '\u2069'])
      expect(problem(`a${character}b`)).toBe('must not contain characters that turn the direction of text');
  });

  it('is refused with control characters and when it shows nothing', () => {
    expect(problem('a\u0000b')).toBe('must not contain control characters');
    for (const blank of ['', '  ', '\u200B\u200D\uFEFF', '\u3164', '\u2800', '\u{E0061}'])
      expect(problem(blank)).toBe('must not be empty');
  });

  it('is the same when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const { data } = read(text);
        if (data !== undefined) expect(read(data).data).toBe(data);
      }),
    );
  });
});

describe('a paragraph', () => {
  it('keeps its line breaks, and loses what nobody sees', () => {
    expect(paragraph(20).safeParse('one\r\ntwo\u200B').data).toBe('one\ntwo');
    expect(paragraph(20).safeParse('one\ttwo').success).toBe(false);
  });
});
