import canonicalize from 'canonicalize';

/** A JSON value in canonical form (RFC 8785). Undefined fields are omitted. */
export function canonical(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('not a JSON value');
  return text;
}
