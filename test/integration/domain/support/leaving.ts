import { generateKeyPairSync, sign } from 'node:crypto';
import { appendEntries } from '../../../../domain/audit/append-entries.ts';
import { notaryOf } from '../../../../domain/audit/checkpoints/notary.ts';
import { takeCheckpoint } from '../../../../domain/audit/checkpoints/take-checkpoint.ts';
import type { ExportStore } from '../../../../domain/departure/archive.ts';
import type { OrganizationId } from '../../../../domain/ids.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  withinOrganization,
} from '../../../../domain/table/scope.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);

/** Signs like the platform, with a key of this process. */
export const notary = notaryOf('https://app.example.com', {
  publicKey: async () => new Uint8Array(rawKey),
  sign: async (text) => new Uint8Array(sign(null, Buffer.from(text), privateKey)),
});

const anchors = { put: async () => undefined, read: async () => '' };

/** Seals and signs an organization's audit log. */
export const checkpointing =
  (plane: ControlPlane, clock: () => Date) =>
  async (organizationId: OrganizationId): Promise<number> =>
    (await takeCheckpoint(withinOrganization(plane, organizationId), { notary, anchors }, clock())).newest
      ?.size ?? 0;

/** An audit log entry, as the audit writer creates it for a change. */
export async function entry(scope: OrganizationScope, id: string, action: string, at: Date): Promise<void> {
  const { organizationId } = scope;
  const by = { userId: 'user_ann', role: 'super_admin', actorName: 'Ann' };
  const details = { before: null, after: { name: id }, changed: ['name'] };
  const timestamp = at.toISOString();
  const one = {
    id,
    organizationId,
    ...by,
    action,
    resource: `thing/${id}`,
    details,
    timestamp,
    schemaVersion: 1,
  } as const;
  await appendEntries(scope, [{ entry: one, expiresAt: undefined }]);
}

/** An in-memory object store that can fail after a number of puts. */
export function memoryStore() {
  const objects = new Map<string, Buffer>();
  const parts = new Map<string, Buffer>();
  const faults = { putsLeft: Number.POSITIVE_INFINITY };
  const put = (map: Map<string, Buffer>, key: string, bytes: Buffer) => {
    if (faults.putsLeft <= 0) throw new Error('the process ended');
    faults.putsLeft -= 1;
    map.set(key, bytes);
  };
  let uploads = 0;
  const store: ExportStore = {
    begin: async () => {
      uploads += 1;
      return `upload-${uploads}`;
    },
    part: async (_, upload, number, bytes) => {
      put(parts, `${upload}/${number}`, bytes);
      return `${number}`;
    },
    finish: async (key, upload, tags) => {
      const all = tags.map((tag) => parts.get(`${upload}/${tag}`) ?? Buffer.alloc(0));
      put(objects, key, Buffer.concat(all));
    },
    keep: async (key, text) => put(objects, key, Buffer.from(text)),
    kept: async (key) => objects.get(key)?.toString() ?? null,
  };
  return { store, objects, faults };
}
