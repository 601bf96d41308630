import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { timestamp } from '../time.schema.ts';

/** The format's version; an import accepts this and earlier ones. */
export const formatVersion = 1;

/** Folder of the audit log's proof: its files, concatenated in order, are one proof file (docs/audit.md). */
export const trailFolder = 'audit-log/';
export const manifestPath = 'manifest.json';

const ExportedFile = z.object({
  path: z.string(),
  lines: z.int(),
  bytes: z.int(),
  /** SHA-256, hexadecimal. */
  sha256: z.string(),
});

/** The last file of an export, which lists its content, so that truncation and changes are noticed. */
export const Manifest = z.object({
  format: z.literal('mtcms-export'),
  version: z.int(),
  organizationId: OrganizationId,
  name: z.string(),
  frozenAt: timestamp,
  exportedAt: timestamp,
  /** The number of items of each kind, by the table's names. */
  counts: z.record(z.string(), z.int()),
  /** Kinds of items that are omitted because they are operational or secret. */
  leftOut: z.array(z.string()),
  files: z.array(ExportedFile),
});
export type Manifest = z.infer<typeof Manifest>;
export type ExportedFile = z.infer<typeof ExportedFile>;

const marks = { set: '$set', bytes: '$bytes' } as const;

/** A stored value as JSON: sets and bytes are tagged, everything else is unchanged. */
export function toJson(value: unknown): unknown {
  if (value instanceof Set) return { [marks.set]: [...value].map(toJson) };
  if (value instanceof Uint8Array) return { [marks.bytes]: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toJson(field)]));
}

/** The inverse of `toJson`. */
export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value);
  const [name, inner] = fields.length === 1 ? (fields[0] ?? []) : [];
  if (name === marks.set && Array.isArray(inner)) return new Set(inner.map(fromJson));
  if (name === marks.bytes && typeof inner === 'string') return new Uint8Array(Buffer.from(inner, 'base64'));
  return Object.fromEntries(fields.map(([field, of]) => [field, fromJson(of)]));
}

export const lineOf = (item: object): string => `${JSON.stringify(toJson(item))}\n`;
