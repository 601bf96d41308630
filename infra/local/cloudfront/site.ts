import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { lookup } from 'mrmime';
import type { SiteFile } from '../assembly/site-files.ts';
import { type HttpAnswer, text } from '../http/answer.ts';

interface Prepared {
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly encoded: ReadonlyMap<string, Buffer>;
}

const compressible = /\.(html|js|css|json|svg|txt|webmanifest)$/;

/** The site's bucket behind the distribution: files by address, compressed once, revalidated by ETag (RFC 9110). */
export function siteOrigin(files: ReadonlyMap<string, SiteFile>) {
  const prepared = new Map<string, Prepared>();
  const prepare = (address: string, { path, cacheControl }: SiteFile): Prepared => {
    const known = prepared.get(address);
    if (known !== undefined) return known;
    const content = readFileSync(path);
    const encoded = new Map([['identity', content]]);
    if (compressible.test(extname(address)) && content.length > 1000) {
      encoded.set('gzip', gzipSync(content));
      encoded.set('br', brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }));
    }
    const made = {
      headers: { 'content-type': contentType(address), 'cache-control': cacheControl },
      etag: `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`,
      encoded,
    };
    prepared.set(address, made);
    return made;
  };

  return (
    address: string,
    request: { readonly acceptEncoding: string; readonly ifNoneMatch: string },
  ): HttpAnswer => {
    const file = files.get(address);
    if (file === undefined) return text(404, 'Not Found');
    const { headers, etag, encoded } = prepare(address, file);
    const validated = { ...headers, etag, vary: 'accept-encoding' };
    if (request.ifNoneMatch === etag) return { status: 304, headers: validated, body: Buffer.alloc(0) };
    const encoding = ['br', 'gzip'].find(
      (name) => encoded.has(name) && request.acceptEncoding.includes(name),
    );
    return {
      status: 200,
      headers: encoding === undefined ? validated : { ...validated, 'content-encoding': encoding },
      body: encoded.get(encoding ?? 'identity') ?? Buffer.alloc(0),
    };
  };
}

const contentType = (address: string) => {
  const type = lookup(address) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
};
