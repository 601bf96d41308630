import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTexts } from '../../web/text/catalogue.ts';
import { english } from './support/english.ts';

describe('a count in a text', () => {
  it('has separators in thousands, as the language writes them', async () => {
    const german = await loadTexts('de');
    expect(english.people.inviting.seatsLeft(1974)).toBe('1,974 seats left');
    expect(german.people.inviting.seatsLeft(1974)).toBe('Noch 1.974 Plätze frei');
  });

  it('is written bare in no text', () => {
    const files = globSync('web/{features/*/text,text/*}.{en,de}.ts');
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((path) => readFileSync(path, 'utf8').includes(`\${count}`))).toEqual([]);
  });
});
