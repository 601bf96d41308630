import { describe, expect, it } from 'vitest';
import { nameOrder, wordMatcher } from '../../../domain/folded-text.ts';

const anna = ['Anna-Maria Smith-Jones', 'amsj@maria.example'];

describe('a search for a person', () => {
  it('finds the parts of a name: behind a space, a hyphen, an apostrophe or a dot', () => {
    for (const search of ['anna', 'maria', 'jones', 'smith-jones', 'anna smith', 'JON mar', 'Smith, Anna'])
      expect(wordMatcher(search)(anna), search).toBe(true);
    expect(wordMatcher('brien')(['Conan O’Brien'])).toBe(true);
    expect(wordMatcher("o'brien")(['Conan O’Brien'])).toBe(true);
    expect(wordMatcher('müller')(['Jörg von Mu\u0308ller'])).toBe(true);
  });

  it('wants each word to begin one, not to be somewhere within', () => {
    for (const search of ['ones', 'aria', 'anna bob', 'mith'])
      expect(wordMatcher(search)(anna), search).toBe(false);
  });

  it('finds the parts of an address, and its domain by the sign before it only', () => {
    for (const search of ['amsj', 'amsj@maria', '@maria.ex'])
      expect(wordMatcher(search)(anna), search).toBe(true);
    for (const search of ['example', '@aria']) expect(wordMatcher(search)(anna), search).toBe(false);
    for (const search of ['doe', 'news', 'jane_doe+news@ex'])
      expect(wordMatcher(search)(['', 'jane_doe+news@example.com']), search).toBe(true);
  });

  it('doesn’t mind accents, in the name or in what is typed', () => {
    expect(wordMatcher('zoe muller')(['Zoë Müller'])).toBe(true);
    expect(wordMatcher('Łukasz strasse')(['lukasz straße'])).toBe(true);
    expect(wordMatcher('Øre')(['Bo Øresund'])).toBe(true);
  });

  it('finds names without letters of ours', () => {
    expect(wordMatcher('山田')(['山田 太郎'])).toBe(true);
    expect(wordMatcher('नेहा')(['नेहा शर्मा'])).toBe(true);
    expect(wordMatcher('नह')(['नेहा शर्मा'])).toBe(false);
    expect(wordMatcher('محمد')(['علي محمد'])).toBe(true);
  });
});

describe('the order of names', () => {
  it('is that of a telephone book: a shorter name first, accents and case aside', () => {
    const names = ['Zoe', 'anna', 'Ännchen', 'Anna Smith', 'Anna-Maria', 'Annabel', 'Åsa', '(Bob)', '🙂'];
    const sorted = names.toSorted((a, b) => (`${nameOrder(a)}#` < `${nameOrder(b)}#` ? -1 : 1));
    const expected = ['anna', 'Anna-Maria', 'Anna Smith', 'Annabel', 'Ännchen', 'Åsa', '(Bob)', 'Zoe', '🙂'];
    expect(sorted).toEqual(expected);
  });

  it('never holds what ends it in a key, and fits into one', () => {
    for (const name of ['#1 Fan', 'ﷺ'.repeat(120), '…', ''.padEnd(120, '山')]) {
      expect(nameOrder(name)).not.toMatch(/#|^$/);
      expect(Buffer.byteLength(nameOrder(name))).toBeLessThan(300);
    }
  });
});
