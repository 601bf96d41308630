import canonicalize from 'canonicalize';

/** A JSON value as its only text: RFC 8785. Fields that are undefined are left out. */
export function canonical(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('not a JSON value');
  return text;
}
