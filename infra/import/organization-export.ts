import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import { AuditEntry } from '../../domain/audit/audit.schema.ts';
import { readCheckpointText } from '../../domain/audit/tree/checkpoint.ts';
import { toBase64 } from '../../domain/audit/tree/hash.ts';
import {
  formatVersion,
  fromJson,
  Manifest,
  manifestPath,
  trailFolder,
} from '../../domain/departure/export-format.schema.ts';
import {
  countsOf,
  isExportOf,
  objectionTo,
  putExported,
  takeName,
} from '../../domain/import/arriving-items.ts';
import {
  appendExported,
  type ExportedLeaf,
  leavesTogether,
  trailNow,
} from '../../domain/import/arriving-trail.ts';
import { type ControlPlane, withinOrganization } from '../../domain/table/scope.ts';
import { ImportProblem } from './import-problem.ts';
import { progress } from './report.ts';
import type { Files } from './zip-export.ts';

/** A verified export of an organization by this product: complete and unchanged. */
export interface OrganizationExport {
  readonly manifest: Manifest;
  readonly files: Files;
}

const Versioned = z.looseObject({ format: z.literal('mtcms-export'), version: z.number() });

/**
 * Opens this product's export of an organization; null for any other zip. Throws `ImportProblem` for a
 * newer version, and for one that was altered.
 */
export async function openOrganizationExport(files: Files): Promise<OrganizationExport | null> {
  if (!files.paths.includes(manifestPath)) return null;
  const found: unknown = await json(await files.open(manifestPath)).catch(() => null);
  const versioned = Versioned.safeParse(found).data;
  if (versioned === undefined) return null;
  if (versioned.version > formatVersion)
    throw new ImportProblem(
      `This export was made by a newer version (format ${versioned.version}); this one reads format ${formatVersion}. Update first.`,
    );
  const manifest = Manifest.safeParse(found).data;
  if (manifest === undefined)
    throw new ImportProblem('The manifest of this export is damaged. Download it again.');
  await assertWhole(files, manifest);
  return { manifest, files };
}

async function assertWhole(files: Files, { files: listed }: Manifest): Promise<void> {
  const strange = files.paths.find(
    (path) => path !== manifestPath && listed.every((one) => one.path !== path),
  );
  if (strange !== undefined) throw new ImportProblem(`${strange} isn't in the manifest of this export.`);
  for (const { path, sha256 } of listed) {
    const hash = createHash('sha256');
    for await (const bytes of await files.open(path)) hash.update(bytes);
    if (hash.digest('hex') !== sha256)
      throw new ImportProblem(
        `${path} isn't what was exported: its checksum is another. Download the export again.`,
      );
  }
}

async function* linesOf(files: Files, path: string): AsyncGenerator<unknown> {
  const input = Readable.from(await files.open(path));
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
    if (line !== '') yield JSON.parse(line);
}

async function* itemsOf({ files, manifest }: OrganizationExport): AsyncGenerator<Record<string, unknown>> {
  for (const { path } of manifest.files.filter((one) => !one.path.startsWith(trailFolder)))
    for await (const line of linesOf(files, path))
      yield z.record(z.string(), z.unknown()).parse(fromJson(line));
}

/** Throws `ImportProblem` if anything in it belongs to another organization. */
async function assertOwn(of: OrganizationExport): Promise<void> {
  for await (const item of itemsOf(of))
    if (!isExportOf(of.manifest.organizationId, item))
      throw new ImportProblem('This isn’t as it was exported: it has data that isn’t this organization’s.');
}

const Line = z.looseObject({ leaf: z.unknown().optional(), checkpoint: z.string().optional() });
const Leaf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('withdrawn'), sequence: z.number(), from: z.number(), to: z.number() }),
  z.object({
    ...{ kind: z.literal('erased'), sequence: z.number(), of: z.number() },
    ...{ entry: z.string(), person: z.string() },
  }),
  z.object({
    kind: z.enum(['written', 'earlier', 'imported']),
    ...{ id: z.string(), sequence: z.number(), entry: z.string(), expiresAt: z.number().optional() },
  }),
]);
const WithEntry = z.looseObject({ leaf: Leaf, entry: z.optional(AuditEntry) });

/** Imports the audit log first, unchanged; later entries follow it. Returns its last signed root. */
async function importTrail(
  plane: ControlPlane,
  { files, manifest }: OrganizationExport,
): Promise<string | null> {
  const scope = withinOrganization(plane, manifest.organizationId);
  let waiting: ExportedLeaf[] = [];
  let signed: string | null = null;
  const put = async () => {
    await appendExported(scope, waiting);
    waiting = [];
  };
  for (const { path } of manifest.files.filter((one) => one.path.startsWith(trailFolder)))
    for await (const line of linesOf(files, path)) {
      const { leaf, checkpoint } = Line.parse(line);
      if (leaf !== undefined) waiting.push(WithEntry.parse(line));
      if (checkpoint !== undefined) {
        const said = readCheckpointText(checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1));
        signed = said === null ? signed : `${said.size} ${toBase64(said.root)}`;
      }
      if (waiting.length >= leavesTogether) await put();
    }
  await put();
  return signed;
}

const atOnce = 25;

async function importItems(plane: ControlPlane, of: OrganizationExport, runId: string): Promise<void> {
  const total = Object.values(of.manifest.counts).reduce((sum, one) => sum + one, 0);
  const shown = progress('items imported', total);
  let done = 0;
  let waiting: Promise<boolean>[] = [];
  for await (const item of itemsOf(of)) {
    waiting.push(putExported(plane, item, runId));
    done += 1;
    if (waiting.length < atOnce) continue;
    await Promise.all(waiting);
    waiting = [];
    shown.at(done);
  }
  await Promise.all(waiting);
  shown.end();
}

/**
 * Imports an organization exported from another stage, or shows what that would do. Existing items are
 * kept, so that an interrupted import can be repeated. Resolves to whether counts and the audit log's root
 * match.
 */
export async function importOrganizationExport(
  of: OrganizationExport,
  plane: ControlPlane,
  { applies, now }: { readonly applies: boolean; readonly now: Date },
): Promise<boolean> {
  const { manifest } = of;
  const runId = `export-${createHash('sha256').update(JSON.stringify(manifest)).digest('hex').slice(0, 24)}`;
  const { organizationId, name, counts } = manifest;
  console.log(`\n  ${name} (${organizationId}), exported ${manifest.exportedAt}\n`);
  for (const [kind, count] of Object.entries(counts))
    console.log(`  ${kind.padEnd(20)} ${String(count).padStart(10)}`);
  await assertOwn(of);
  const objection = await objectionTo(plane, manifest);
  if (objection !== null) throw new ImportProblem(objection);
  if (!applies) {
    console.log('\n  Dry run: nothing was written. To import, add --apply.\n');
    return true;
  }
  const before = await trailNow(withinOrganization(plane, organizationId));
  const signed = await importTrail(plane, of);
  const trail = await trailNow(withinOrganization(plane, organizationId));
  // A repeated import finds entries of its own first attempt after the imported log.
  const trailAgrees = signed === null || before.size > 0 || signed === `${trail.size} ${trail.root}`;
  await importItems(plane, of, runId);
  await takeName(plane, manifest);
  const found = await countsOf(plane, organizationId, now);
  const different = Object.entries(counts).filter(([kind, count]) => (found[kind] ?? 0) < count);
  console.log(
    `\n  Audit log: ${trailAgrees ? 'agrees with its signed root' : 'DIFFERS from its signed root'}`,
  );
  for (const [kind, count] of different) console.log(`  ${kind}: DIFFERS, ${found[kind] ?? 0} of ${count}`);
  if (different.length === 0) console.log('  Counts: all agree\n');
  return trailAgrees && different.length === 0;
}
