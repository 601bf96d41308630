/**
 * `npm run figures:entered`: the files whose functions run on the server when a user renames a team: in the
 * request, in the audit writer, and when reading the audit log. With a commit, for that commit.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { startProduct } from '../../infra/local/product.ts';
import { preloading } from '../support/function-environment.ts';
import { clientOf, eventually } from '../support/product.ts';
import { withSourcesOf } from '../support/sources-of-commit.ts';
import { throwawayDirectory } from '../support/throwaway-directory.ts';

const Ran = z.array(z.object({ url: z.string(), starts: z.array(z.number()) }));
const Payload = z.object({
  sources: z.array(z.string()),
  mappings: z.string(),
  version: z.number(),
  file: z.string().default(''),
  names: z.array(z.string()).default([]),
  sourcesContent: z.array(z.string()).default([]),
  sourceRoot: z.string().default(''),
});

const ours = /(?:^|\/)((?:domain|events|functions)\/(?!.*node_modules).+\.ts)$/;

/** The product files that a bundle's functions come from. */
function filesOf({ url, starts }: z.infer<typeof Ran>[number]): string[] {
  if (!url.endsWith('.mjs') || url.includes('node_modules/@')) return [];
  const file = fileURLToPath(url);
  const lines = readFileSync(file, 'utf8').split('\n');
  const ends: number[] = [];
  for (const line of lines) ends.push((ends.at(-1) ?? 0) + line.length + 1);
  const map = new SourceMap(Payload.parse(JSON.parse(readFileSync(`${file}.map`, 'utf8'))));
  // A range that begins with the script is the module itself, which ran at the start.
  return starts
    .filter((start) => start > 0)
    .flatMap((start) => {
      const line = ends.findIndex((end) => start < end);
      const entry = map.findEntry(line, start - (ends[line - 1] ?? 0));
      const [, path] = 'originalSource' in entry ? (ours.exec(entry.originalSource) ?? []) : [];
      return path === undefined ? [] : [path];
    });
}

/** Asks all functions' threads what ran since the last call. */
async function ranSince(): Promise<z.infer<typeof Ran>> {
  const [asked, told] = [new BroadcastChannel('coverage-asked'), new BroadcastChannel('coverage-told')];
  const ran: z.infer<typeof Ran> = [];
  told.onmessage = ({ data }: { readonly data: unknown }) => void ran.push(...Ran.parse(data));
  asked.postMessage('');
  await delay(1000);
  asked.close();
  told.close();
  return ran;
}

type Start = typeof startProduct;

async function enteredIn(directory: string): Promise<string[]> {
  const module: { readonly startProduct: Start } = await import(
    pathToFileURL(join(directory, 'infra/local/product.ts')).href
  );
  const stateDirectory = mkdtempSync(join(throwawayDirectory(), 'mtcms-entered-'));
  const transformTemplate = preloading(join(import.meta.dirname, 'coverage-probe.ts'));
  const product = await module.startProduct({ port: 0, stateDirectory, transformTemplate });
  try {
    const { signIn, request } = clientOf(product);
    const token = await signIn('amara.abara@northwind.example');
    const { body: me } = await request('/api/me', { token });
    const base = `/api/organizations/${me.organization.id}`;
    const [{ id }] = (await request(`${base}/teams`, { token })).body.items;
    const rename = async (name: string) => {
      const { headers } = await request(`${base}/teams/${id}`, { token });
      const etag = { 'if-match': headers.get('etag') ?? '' };
      await request(`${base}/teams/${id}`, { token, method: 'PATCH', body: { name }, headers: etag });
      await eventually(async () => {
        const { body } = await request(`${base}/audit?action=team.updated&limit=1`, { token });
        return JSON.stringify(body.items).includes(name);
      }, 'the entry is in the trail');
    };
    // The first call loads modules that later requests reuse.
    await rename('First name');
    await delay(1000);
    await ranSince();
    await rename('Second name');
    return [...new Set((await ranSince()).flatMap(filesOf))].sort();
  } finally {
    await product.stop();
    rmSync(stateDirectory, { recursive: true });
  }
}

const [, , commit] = process.argv;
const entered =
  commit === undefined
    ? await enteredIn(join(import.meta.dirname, '../..'))
    : await withSourcesOf(commit, enteredIn);
console.log(`${entered.join('\n')}\n${entered.length} files`);
process.exit();
