import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generated, renewed } from '../../docs/documents.ts';

describe('a document with a generated part', () => {
  it.each(Object.keys(generated))('%s says what the code says now; npm run docs renews it', (path) => {
    expect(readFileSync(path, 'utf8')).toBe(renewed(path));
    expect(renewed(path).length).toBeGreaterThan(1000);
  });
});
