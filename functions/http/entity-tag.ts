/**
 * An entity tag (RFC 9110, 8.8.3); a weak one says that two states mean the same, not that they are the same.
 */
interface EntityTag {
  readonly weak: boolean;
  readonly opaque: string;
}

const element = /^\s*(?:(W\/)?"([\x21\x23-\x7E\x80-\xFF]*)")?\s*(?:,|$)/;

/**
 * The tags that `If-Match` or `If-None-Match` names; `*` for any state there is, null for what is neither.
 */
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

/** A single resource's revision as its ETag: what `If-Match` has to name to change it. */
export const etagOf = (revision: number): string => `"${revision}"`;

const revision = /^(?:0|[1-9]\d{0,14})$/;

/** The revisions that tags of ours mean, each once. Strong comparison: a weak tag is equal to none. */
export const revisionsOf = (tags: readonly EntityTag[]): number[] => [
  ...new Set(tags.flatMap(({ weak, opaque }) => (!weak && revision.test(opaque) ? [Number(opaque)] : []))),
];

/**
 * Whether who asks has the state already that an ETag names. Weak comparison: a tag that was weakened on its
 * way is equal.
 */
export function isHeld(ifNoneMatch: string, etag: string): boolean {
  const tags = readEntityTags(ifNoneMatch);
  return tags === '*' || (tags ?? []).some(({ opaque }) => `"${opaque}"` === etag);
}
