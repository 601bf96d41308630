/** A file, or a part of one, as a handler answers it. */
interface FilePart {
  readonly mediaType: string;
  readonly name: string;
  readonly text: string;
  /** Cursor of the part that follows, and the address to get it from; null when this is the last. */
  readonly next: { readonly cursor: string; readonly address: string } | null;
}

/**
 * An answer that is a file and no JSON. The HTTP API passes on no more than a function answers at once, so a large file comes in
 * parts: each but the last names the next in `Link` (RFC 8288) and its cursor in `X-Next-Cursor`.
 */
export class FileAnswer {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ mediaType, name, text, next }: FilePart) {
    this.text = text;
    this.headers = {
      'content-type': `${mediaType}; charset=utf-8`,
      'content-disposition': `attachment; filename="${name}"`,
      ...(next === null ? {} : { 'x-next-cursor': next.cursor, link: `<${next.address}>; rel="next"` }),
    };
  }
}
