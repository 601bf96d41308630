/** An answer that is a text and no JSON, with headers of its own. */
export class FileAnswer {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(text: string, headers: Readonly<Record<string, string>>) {
    this.text = text;
    this.headers = headers;
  }
}

/** A file, or a part of one, as a handler answers it. */
interface FilePart {
  readonly mediaType: string;
  readonly name: string;
  readonly text: string;
  /** Cursor of the part that follows, and the address to get it from; null when this is the last. */
  readonly next: { readonly cursor: string; readonly address: string } | null;
}

/**
 * A file to be kept. The HTTP API passes on no more than a function answers at once, so a large file comes in
 * parts: each but the last names the next in `Link` (RFC 8288) and its cursor in `X-Next-Cursor`.
 */
export const filePart = ({ mediaType, name, text, next }: FilePart): FileAnswer =>
  new FileAnswer(text, {
    'content-type': `${mediaType}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}"`,
    ...(next === null ? {} : { 'x-next-cursor': next.cursor, link: `<${next.address}>; rel="next"` }),
  });

/**
 * A page to be read. Nothing runs on it; `styleHash` (CSP Level 3, `sha256-…`) names the one style element it
 * may have. Its forms, if it has any, go to our own origin.
 */
export const htmlPage = (text: string, styleHash: string, formAction = "'none'"): FileAnswer =>
  new FileAnswer(text, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`,
  });
