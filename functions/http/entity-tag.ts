/** An entity tag (RFC 9110, 8.8.3). A weak one marks equivalent rather than identical states. */
interface EntityTag {
  readonly weak: boolean;
  readonly opaque: string;
}

const element = /^\s*(?:(W\/)?"([\x21\x23-\x7E\x80-\xFF]*)")?\s*(?:,|$)/;

/** Parses the tags in `If-Match` or `If-None-Match`; `*` for any existing state, null if malformed. */
export function readEntityTags(header: string): readonly EntityTag[] | '*' | null {
  if (header.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  for (let rest = header; rest !== ''; ) {
    const [read, weak, opaque] = element.exec(rest) ?? [];
    if (read === undefined) return null;
    if (opaque !== undefined) tags.push({ weak: weak !== undefined, opaque });
    rest = rest.slice(read.length);
  }
  return tags.length === 0 ? null : tags;
}

/** A resource's revision as its ETag, which `If-Match` has to name to change it. */
export const etagOf = (revision: number): string => `"${revision}"`;

const revision = /^(?:0|[1-9]\d{0,14})$/;

/** The revisions named by our tags, without duplicates. Strong comparison: weak tags never match. */
export const revisionsOf = (tags: readonly EntityTag[]): number[] => [
  ...new Set(tags.flatMap(({ weak, opaque }) => (!weak && revision.test(opaque) ? [Number(opaque)] : []))),
];

/**
 * Whether the client already has the state of this ETag. Weak comparison: a tag weakened on its way still
 * matches.
 */
export function isHeld(ifNoneMatch: string, etag: string): boolean {
  const tags = readEntityTags(ifNoneMatch);
  return tags === '*' || (tags ?? []).some(({ opaque }) => `"${opaque}"` === etag);
}
