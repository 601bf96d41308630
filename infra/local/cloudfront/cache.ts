import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { lookup } from 'mrmime';
import type { SiteFile } from '../assembly/distribution.ts';
import { type HttpAnswer, text } from '../http/answer.ts';

/** A cached answer: compressed once, revalidated by its ETag (RFC 9110). */
export interface CachedAnswer {
  readonly headers: HttpAnswer['headers'];
  readonly etag: string;
  readonly encoded: ReadonlyMap<string, Buffer>;
}

/** What a viewer accepts. */
export interface Acceptance {
  readonly acceptEncoding: string;
  readonly ifNoneMatch: string;
}

/** Compresses an answer and computes its ETag. */
export function store(
  headers: HttpAnswer['headers'],
  content: Buffer,
  isCompressible: boolean,
): CachedAnswer {
  const encoded = new Map([['identity', content]]);
  if (isCompressible && content.length > 1000) {
    encoded.set('gzip', gzipSync(content));
    encoded.set('br', brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }));
  }
  const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`;
  return { headers, etag: typeof headers.etag === 'string' ? headers.etag : etag, encoded };
}

/** A cached answer for one viewer. */
export function serve({ headers, etag, encoded }: CachedAnswer, viewer: Acceptance): HttpAnswer {
  const encoding = ['br', 'gzip'].find((name) => encoded.has(name) && viewer.acceptEncoding.includes(name));
  const validated = { ...headers, etag: encoding === undefined ? etag : weak(etag), vary: 'accept-encoding' };
  if (weak(viewer.ifNoneMatch) === weak(etag))
    return { status: 304, headers: validated, body: Buffer.alloc(0) };
  return {
    status: 200,
    headers: encoding === undefined ? validated : { ...validated, 'content-encoding': encoding },
    body: encoded.get(encoding ?? 'identity') ?? Buffer.alloc(0),
  };
}

/** Who compresses a representation makes its strong ETag a weak one, as CloudFront does. */
const weak = (etag: string) => (etag.startsWith('W/') ? etag : `W/${etag}`);

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Those of CloudFront's types that the API answers with; `application/problem+json` is none of them. */
const compressedTypes = /^(application\/json|text\/(csv|html|plain))\b/;
const compressedStatuses = [200, 403, 404];

/**
 * Compresses an answer that isn't kept, as CloudFront does.
 * Source: CloudFront Developer Guide, "Serve compressed files", conditions for compression.
 */
export async function compress(answer: HttpAnswer, { acceptEncoding }: Acceptance): Promise<HttpAnswer> {
  const { status, headers, body } = answer;
  const encoding = ['br', 'gzip'].find((name) => acceptEncoding.includes(name));
  const isFit =
    compressedStatuses.includes(status) &&
    compressedTypes.test(String(headers['content-type'])) &&
    headers['content-encoding'] === undefined &&
    !/\bno-transform\b/.test(String(headers['cache-control'])) &&
    body.length >= 1000 &&
    body.length <= 10_000_000;
  if (encoding === undefined || !isFit) return answer;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
  return {
    status,
    headers: {
      ...headers,
      ...(typeof headers.etag === 'string' && { etag: weak(headers.etag) }),
      'content-encoding': encoding,
      vary: 'accept-encoding',
    },
    body: encoding === 'br' ? await brotli(body, { params }) : await gzipped(body),
  };
}

const compressible = /\.(html|js|css|json|svg|txt|webmanifest)$/;

/** The site's bucket as the distribution's origin. */
export function siteOrigin(files: ReadonlyMap<string, SiteFile>) {
  const kept = new Map<string, CachedAnswer>();
  return (address: string, viewer: Acceptance): HttpAnswer => {
    const file = files.get(address);
    if (file === undefined) return text(404, 'Not Found');
    const headers = { 'content-type': contentType(address), 'cache-control': file.cacheControl };
    const answer =
      kept.get(address) ?? store(headers, readFileSync(file.path), compressible.test(extname(address)));
    kept.set(address, answer);
    return serve(answer, viewer);
  };
}

const contentType = (address: string) => {
  const type = lookup(address) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
};
