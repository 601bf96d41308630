import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** A file of the product. */
export interface Source {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
}

/** Every file of the product's code, without tests. */
export const productFiles = (directory: string): Source[] =>
  globSync('{domain,events,functions,infra,web}/**/*.{ts,tsx}', {
    cwd: directory,
    exclude: (path) => path.startsWith('web/dist'),
  })
    .sort()
    .map((path) => {
      const text = readFileSync(join(directory, path), 'utf8');
      return { path, text, lines: text.trimEnd().split('\n') };
    });

export const isComment = (line: string): boolean => /^\s*(?:\/\/|\/\*|\*)/.test(line);
export const isCode = (line: string): boolean => line.trim() !== '' && !isComment(line);

type Visit = (node: Readonly<Record<string, unknown>>) => void;

function walk(value: unknown, visit: Visit): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(Object.fromEntries(Object.entries(value)));
  for (const part of Object.values(value)) walk(part, visit);
}

/** Visits every node of a file's syntax tree, with swc's types. */
export const visitNodes = ({ path, text }: Source, visit: Visit): void =>
  walk(parseSync(text, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'esnext' }), visit);
