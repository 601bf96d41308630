import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  cutText,
  emailAddress,
  line,
  mailDomain,
  paragraph,
  personNameFrom,
} from '../../../domain/text.schema.ts';

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
    ['tags after a flag that no tag ends', '🏴\u{E0067}\u{E0062}\u{E0065}Acme', '🏴Acme'],
    ['Hangul fillers', 'Ac\u3164m\u115Fe\u1160\uFFA0', 'Acme'],
    ['a grapheme joiner', 'Ac\u034Fme', 'Acme'],
    ['an Arabic letter mark', 'Ac\u061Cme', 'Acme'],
    ['variation selectors on letters and digits', 'Acme\uFE0F 2\uFE0F\u{E0100}', 'Acme 2'],
    ['a selector on an emoji that needs none', '🚀\uFE0F', '🚀'],
    ['marks around an annotation', 'Ac\uFFF9me\uFFFB', 'Acme'],
    ['Braille blanks at the end', 'Acme\u2800', 'Acme'],
    ['a joiner after a letter with an accent', 'cafe\u0301\u200Ds', 'cafés'],
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
    ['a digit on a keycap', 'Team 1\uFE0F\u20E3'],
    ['Bengali with its joiner before a conjunct', 'র\u200D\u09CDযাব'],
    ['Vietnamese and Korean', 'Nguyễn Ái Quốc 한국'],
  ])('keeps %s', (_, text) => {
    expect(read(text).data).toBe(text);
  });

  it('is refused when it would be shown in another direction than it is written', () => {
    for (const character of ['\u202A', '\u202E', '\u2066', '\u2069'])
      expect(problem(`a${character}b`)).toBe('can’t contain characters that reverse the direction of text');
  });

  it('is refused with control characters and when it shows nothing', () => {
    expect(problem('a\u0000b')).toBe('can’t contain control characters');
    for (const blank of ['', '  ', '\u200B\u200D\uFEFF', '\u3164', '\u2800', '\u{E0061}'])
      expect(problem(blank)).toBe('can’t be empty');
  });

  it('is refused when its lines are broken by separators, or its marks are stacked', () => {
    expect(problem('a\u2028b')).toBe('can’t contain control characters');
    expect(problem(`a${'\u0301'.repeat(31)}`)).toBe('can’t have so many marks on one letter');
  });

  it('is the same when it is read again, and never looks like another', () => {
    const odd = '\u200D\u200C\uFE0F\u20E3\u2800\u3164\u0301\u{E0062}\u{E007F}\u{E0100}\u034F';
    const plain = 'a1❤🚀🏴🏽 شक\u094Dর\u09CD';
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...odd, ...plain), maxLength: 20 }), (text) => {
        const { data } = read(text);
        if (data === undefined) return;
        expect(read(data).data).toBe(data);
        if (/^[a1 ]*$/.test(data.replaceAll(/\p{DI}|\u2800/gu, ''))) expect(data).toMatch(/^[a1 ]*$/);
      }),
    );
  });

  it('is the same again also where marks move past a joiner', () => {
    const { data = '' } = read('\u0301\u094D\u200D\u20E3');
    expect(read(data).data).toBe(data);
  });

  it('takes a text in its decomposed form', () => {
    const name = 'Ế'.repeat(120);
    expect(read(name.normalize('NFD')).data).toBe(name);
  });
});

describe('a text that is too long', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is refused before anything is done with it, whatever takes it', () => {
    const handled: number[] = [];
    for (const method of ['normalize', 'replaceAll', 'trim', 'toLowerCase'] as const) {
      const original: (...given: never[]) => string = String.prototype[method];
      vi.spyOn(String.prototype, method).mockImplementation(function (this: string, ...given: never[]) {
        handled.push(this.length);
        return original.apply(this, given);
      });
    }
    const texts = ['\u0301\u0323', '\u200D', '\u{E0061}', 'a@', '\u3164'].map((unit) => unit.repeat(32_000));
    for (const schema of [line(120), paragraph(2000), emailAddress, mailDomain])
      for (const text of texts) expect(schema.safeParse(text).success).toBe(false);
    for (const text of texts) personNameFrom(text);
    expect(Math.max(0, ...handled)).toBeLessThan(1000);
  });

  it('is cut between two signs, never inside one', () => {
    expect(cutText(`${'a'.repeat(119)}👩🏽\u200D💻`, 120)).toBe('a'.repeat(119));
    expect(cutText('cafe\u0301', 4)).toBe('caf');
    expect(cutText('\u0301'.repeat(9), 4)).toBe('');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.nat(20), (text, max) => {
        const cut = cutText(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(text.isWellFormed());
        expect(text.startsWith(cut)).toBe(true);
      }),
    );
  });
});

describe('a name from another system', () => {
  it.each([
    ['is cleaned as a name that somebody types', 'Ada\u200B Love\u3164lace ', 'Ada Lovelace'],
    ['is cut between two signs where it is too long', `${'a'.repeat(119)}🚀`, 'a'.repeat(119)],
    ['is cut after it is cleaned', `${'\u200B'.repeat(300)}Ada`, 'Ada'],
    ['counts for nothing when it turns the direction of text', 'Ada\u202Eecila', undefined],
    ['counts for nothing with control characters', 'Ada\u0000', undefined],
    ['counts for nothing when nobody sees it', '\u200B\u2800', undefined],
    ['counts for nothing with half a character', 'Ada \uD83D', undefined],
  ])('%s', (_, given, name) => {
    expect(personNameFrom(given)).toBe(name);
  });

  it('is always one that the rules take, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = personNameFrom(text);
        if (name !== undefined) expect(line(120).parse(name)).toBe(name);
      }),
    );
  });
});

describe('an email address', () => {
  const kept = (text: string) => emailAddress.safeParse(text).data;

  it('is kept in one form, whatever it is copied from', () => {
    for (const text of ['Ann.O@Example.COM', ' ann.o@example.com\u200B', '\uFEFFann.o@example.com\u00A0'])
      expect(kept(text)).toBe('ann.o@example.com');
    expect(kept("a.o'b+x@example.co.uk")).toBe("a.o'b+x@example.co.uk");
  });

  it('is one mailbox in both forms of an internationalized domain', () => {
    const ascii = 'info@xn--80akhbyknj4f.xn--p1ai';
    for (const text of [ascii, 'info@испытание.рф', 'Info@ИСПЫТАНИЕ.РФ', 'info@XN--80AKHBYKNJ4F.xn--p1ai'])
      expect(kept(text)).toBe(ascii);
    expect(kept('a@bücher.de')).toBe('a@xn--bcher-kva.de');
    expect(kept('a@faß.de')).not.toBe(kept('a@fass.de'));
    expect(kept('a@نامه\u200Cای.com')).toBe('a@xn--mgba3gch31f060k.com');
  });

  it('is the same when it is read again', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.constantFrom('', 'ü.', 'ı.', 'Ω.'), (text, label) => {
        const once = kept(text.replace('@', `@${label}`));
        if (once !== undefined) expect(kept(once)).toBe(once);
      }),
    );
  });

  it.each([
    'ann',
    'ann@',
    '@example.com',
    'ann@localhost',
    'ann@example..com',
    'ann@-example.com',
    'ann@1.2.3.4',
    'ann@ex%61mple.com',
    'ann@example.com/x',
    'ann@exämple.com:80',
    'a b@example.com',
    'ann@ex\u202Eample.com',
    'ünn@example.com',
    '\u212Aann@example.com',
    'ann@xn--a-ecp.ru/',
    `ann@${'a'.repeat(64)}.com`,
    'ann@example.com,',
  ])('is not %j', (text) => {
    expect(kept(text)).toBeUndefined();
  });
});

describe('a mail domain', () => {
  it('is one in both forms, as the addresses in it are kept', () => {
    for (const text of ['xn--80akhbyknj4f.xn--p1ai', 'испытание.рф', ' ИСПЫТАНИЕ.рф\u200B'])
      expect(mailDomain.parse(text)).toBe('xn--80akhbyknj4f.xn--p1ai');
    expect(mailDomain.safeParse('example').success).toBe(false);
  });
});

describe('a paragraph', () => {
  it('keeps its line breaks, and loses what nobody sees', () => {
    expect(paragraph(20).safeParse('one\r\ntwo\u200B').data).toBe('one\ntwo');
    expect(paragraph(20).safeParse('one\ttwo').success).toBe(false);
  });
});
