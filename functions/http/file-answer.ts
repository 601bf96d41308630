/** A response with text other than JSON, and headers of its own. */
export class FileAnswer {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(text: string, headers: Readonly<Record<string, string>>) {
    this.text = text;
    this.headers = headers;
  }
}

/** A file, or part of one, as returned by a handler. */
interface FilePart {
  readonly mediaType: string;
  readonly name: string;
  readonly text: string;
  /** The next part's cursor and URL; null if this is the last part. */
  readonly next: { readonly cursor: string; readonly address: string } | null;
}

/**
 * A file download. The HTTP API limits the size of a response, so a large file comes in parts: each one but
 * the last names the next in `Link` (RFC 8288) and its cursor in `X-Next-Cursor`.
 */
export const filePart = ({ mediaType, name, text, next }: FilePart): FileAnswer =>
  new FileAnswer(text, {
    'content-type': `${mediaType}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}"`,
    ...(next === null ? {} : { 'x-next-cursor': next.cursor, link: `<${next.address}>; rel="next"` }),
  });

/**
 * An HTML page without scripts. `styleHash` (CSP Level 3, `sha256-…`) allows its only style element. Its
 * forms, if any, are sent to our own origin.
 */
export const htmlPage = (text: string, styleHash: string, formAction = "'none'"): FileAnswer =>
  new FileAnswer(text, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`,
  });
