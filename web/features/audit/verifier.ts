import type { OrganizationId } from '../../../domain/ids.ts';
import { auditRoutes } from '../../../functions/http/audit/routes.ts';
import type { CallApi, CallFile } from '../../lib/api.ts';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import type { Result } from '../../public/audit-verify.mjs';
import { seenCheckpoint } from './witness.ts';

export type Progress = { readonly step: 'checkpoint' } | { readonly step: 'reading'; readonly bytes: number };

interface Source {
  readonly api: CallApi;
  readonly file: CallFile;
  readonly organizationId: OrganizationId;
}

/** The result of a verification, and the verified file. */
export interface Verified {
  readonly result: Result;
  readonly parts: readonly Blob[];
}

/** How often to poll for the requested checkpoint, when to request it again, and the delay in between. */
const patience = { attempts: 8, again: 3, ms: 750 };

const latest = ({ api, organizationId }: Source) =>
  api(auditRoutes.getLatestCheckpoint, { params: { organizationId }, query: {} });

/** Requests a checkpoint of the newest entries and waits for it for a while. Falls back to an older one. */
async function freshCheckpoint(source: Source) {
  const { organizationId } = source;
  const before = await latest(source);
  await source.api(auditRoutes.requestCheckpoint, { params: { organizationId } });
  for (let attempt = 0; attempt < patience.attempts; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, patience.ms));
    // The first checkpoint may have been requested before the log had any entry; the request itself is one.
    if (attempt === patience.again && before.checkpoint === null)
      await source.api(auditRoutes.requestCheckpoint, { params: { organizationId } });
    const { checkpoint } = await latest(source);
    if (checkpoint !== null && checkpoint.number > (before.checkpoint?.number ?? 0)) return checkpoint;
  }
  return before.checkpoint;
}

/** Downloads the signed audit log and verifies it while it arrives. Null if there is no checkpoint yet. */
export async function verifyLog(
  source: Source,
  onProgress: (progress: Progress) => void,
): Promise<Verified | null> {
  const { file, organizationId } = source;
  onProgress({ step: 'checkpoint' });
  const newest = await freshCheckpoint(source);
  if (newest === null) return null;
  const parts: Blob[] = [];
  async function* chunks() {
    let cursor: string | undefined;
    do {
      const part = await file(auditRoutes.exportAuditEntries, {
        params: { organizationId },
        query: { format: 'proof', cursor },
      });
      parts.push(part.blob);
      yield new Uint8Array(await part.blob.arrayBuffer());
      cursor = part.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  const seen = seenCheckpoint(organizationId);
  const result = await read(chunks(), seen?.key ?? newest.key, seen === null ? [] : [seen.note], onProgress);
  return { result, parts };
}

/** Verifies a local file, which isn't sent anywhere. */
export async function verifyFile(file: Blob, onProgress: (progress: Progress) => void): Promise<Verified> {
  async function* chunks() {
    const reader = file.stream().getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  }
  return { result: await read(chunks(), undefined, [], onProgress), parts: [file] };
}

async function read(
  chunks: AsyncIterable<Uint8Array>,
  key: string | undefined,
  checkpoints: readonly string[],
  onProgress: (progress: Progress) => void,
): Promise<Result> {
  // The published verifier; the same file runs here.
  // biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
  const { verify } = await import('../../public/audit-verify.mjs');
  let bytes = 0;
  return await verify(chunks, {
    key,
    checkpoints,
    onProgress: (more) => {
      bytes += more;
      onProgress({ step: 'reading', bytes });
    },
  });
}
