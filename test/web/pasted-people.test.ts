import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailAddress } from '../../domain/text.schema.ts';
import { readPasted } from '../../web/features/people/pasted-people.ts';

const people = (text: string) => readPasted(text).people.map(({ name, email }) => `${name}|${email}`);
const left = (text: string) => readPasted(text).leftOut.map(({ text: what, reason }) => `${reason}|${what}`);

describe('a pasted list of people', () => {
  it.each([
    ['an address', 'Ada.Example@example.com', ['Ada Example|ada.example@example.com']],
    ['a name and an address in brackets', 'Ada Example <ada@example.com>', ['Ada Example|ada@example.com']],
    ['an apostrophe in name and address', "A O'B <a.o'b@example.com>", ["A O'B|a.o'b@example.com"]],
    ['a bare address with an apostrophe', "a.o'b@example.com", ["A O'b|a.o'b@example.com"]],
    ['a quoted name with a comma', '"Lovelace, Ada" <ada@x.example>', ['Lovelace, Ada|ada@x.example']],
    ['columns of a spreadsheet', 'Ada Example\tada@x.example', ['Ada Example|ada@x.example']],
    ['quoted columns', '"Ada Example","ada@x.example"', ['Ada Example|ada@x.example']],
    ['first and last name in columns', 'Ada,Example,ada@x.example', ['Ada Example|ada@x.example']],
    ['an address before its name', 'ada@x.example, Ada Example', ['Ada Example|ada@x.example']],
    ['a name, then an address', 'Ada Example ada@x.example', ['Ada Example|ada@x.example']],
    ['a link to an address', 'Ada <mailto:ada@x.example>', ['Ada|ada@x.example']],
    ['an address that is its own name', 'ada@x.example <ada@x.example>', ['Ada|ada@x.example']],
    ['quotes and bullets', "• 'Ada Example' <ada@x.example>", ['Ada Example|ada@x.example']],
    ['a comment', 'ada@x.example (Ada Example)', ['Ada Example|ada@x.example']],
    ['an encoded name', '=?UTF-8?Q?J=C3=BCrgen?= <j@x.example>', ['Jürgen|j@x.example']],
    ['an address that a mark nobody sees ends', 'ada@x.example\u200B', ['Ada|ada@x.example']],
    ['a domain in other letters', 'Ада <ada@почта.рф>', ['Ада|ada@xn--80a1acny.xn--p1ai']],
  ])('is read with %s', (_, text, found) => {
    expect(people(text)).toEqual(found);
    expect(left(text)).toEqual([]);
  });

  it.each([
    ['commas', 'Ada <ada@x.example>, Ben <ben@x.example>'],
    ['semicolons', 'Ada <ada@x.example>; Ben <ben@x.example>;'],
    ['tabs', 'Ada <ada@x.example>\tBen <ben@x.example>'],
    ['spaces alone', 'Ada <ada@x.example> Ben <ben@x.example>'],
    ['spaces between bare addresses', 'ada@x.example ben@x.example'],
    ['a mix, bare', 'ada@x.example;ben@x.example,'],
    ['columns of names and addresses', 'Ada\tada@x.example\tBen\tben@x.example'],
    ['columns of addresses and names', 'ada@x.example, Ada; ben@x.example, Ben'],
    ['a header in front', 'To: Ada <ada@x.example>, Ben <ben@x.example>'],
    ['a group', 'Team: ada@x.example, ben@x.example;'],
    ['lines, as Windows ends them', 'ada@x.example\r\nben@x.example\r\n'],
  ])('names several people on one line, with %s', (_, text) => {
    expect(people(text)).toEqual(['Ada|ada@x.example', 'Ben|ben@x.example']);
    expect(left(text)).toEqual([]);
  });

  it('keeps last names before first names with their people', () => {
    const text = 'Lovelace, Ada <ada@x.example>; Byron, Ben <ben@x.example>';
    expect(people(text)).toEqual(['Lovelace, Ada|ada@x.example', 'Byron, Ben|ben@x.example']);
  });

  it.each([
    ['a line without an address', 'Name,Team', ['noAddress|Name,Team']],
    ['what only looks like an address', 'ada@localhost', ['notAnAddress|ada@localhost']],
    ['an address in other letters before its @', 'jürgen@x.example', ['notAnAddress|jürgen@x.example']],
    ['a part of a longer word', 'Bob =ada@x.example', ['notAnAddress|=ada@x.example']],
    ['an address inside a quoted name', '"Ada ada@x.example"', ['unclear|ada@x.example']],
  ])('leaves out %s, and says so', (_, text, reported) => {
    expect(people(text)).toEqual([]);
    expect(left(text)).toEqual(reported);
  });

  it('leaves out an address that stands there twice, and words that belong to nobody for certain', () => {
    expect(left('ada@x.example\nAda <ADA@x.example>')).toEqual(['twice|ada@x.example']);
    expect(left('ada@x.example, Team lead, ben@x.example')).toEqual(['unclear|Team lead']);
    expect(people('ada@x.example, Team lead, ben@x.example')).toEqual([
      'Ada|ada@x.example',
      'Ben|ben@x.example',
    ]);
  });

  it('finds everybody in it, whatever separates them and whatever they are called', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcÄöß -'), minLength: 1, maxLength: 12 });
    const person = fc.record({ name: word, local: fc.stringMatching(/^[a-z]{1,8}$/) });
    const separator = fc.constantFrom(', ', ';', '\t', '\n', ' ; ', ',\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(person, separator), { minLength: 1, maxLength: 8 }), (all) => {
        const text = all
          .map(([{ name, local }, between]) => `${name} <${local}@x.example>${between}`)
          .join('');
        const expected = new Set(all.map(([{ local }]) => `${local}@x.example`));
        expect(new Set(readPasted(text).people.map(({ email }) => email))).toEqual(expected);
      }),
    );
  });

  it('invites nobody who doesn’t stand in it as a whole word, and reports each that isn’t invited', () => {
    const odd = fc.string({
      unit: fc.constantFrom(...`ab@.<>"'(),;: =\t\n`, 'a@x.example', ' b@y.example '),
      maxLength: 12,
    });
    fc.assert(
      fc.property(odd, (text) => {
        const read = readPasted(text);
        const words = text.split(/[\s<>,;:()[\]"]+/).map((word) => word.replaceAll(/^[']+|[']+$/g, ''));
        for (const { email } of read.people) expect(words).toContain(email);
        const told = [
          ...read.people.map(({ email }) => email),
          ...read.leftOut.map(({ text: what }) => what),
        ];
        for (const word of words) if (emailAddress.safeParse(word).success) expect(told).toContain(word);
      }),
      { numRuns: 500 },
    );
  });
});
