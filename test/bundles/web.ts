import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/** What a browser loads before it shows the sign-in page. */
export interface FirstLoad {
  readonly gzippedBytes: number;
  /** The font of Latin letters, which loads beside it; other alphabets load when a name needs them. */
  readonly fontBytes: number;
  readonly files: readonly string[];
  /** Every module in the build, including lazily loaded ones. */
  readonly modules: readonly string[];
}

type Chunk = Rolldown.OutputChunk;

/** A chunk with all its static imports, which the browser evaluates first. */
const withStaticImports = (chunk: Chunk, chunks: ReadonlyMap<string, Chunk>): ReadonlySet<Chunk> => {
  const found = new Set<Chunk>();
  const visit = (next: Chunk | undefined): void => {
    if (next === undefined || found.has(next)) return;
    found.add(next);
    for (const name of next.imports) visit(chunks.get(name));
  };
  visit(chunk);
  return found;
};

/**
 * Builds the web app as deployed and measures what loads up to the sign-in page.
 * @param needed paths, from the project's root, of the modules that it loads besides the entry
 * @throws Error if the app has no such module, since the measurement would be wrong.
 */
export const measureFirstLoad = async (needed: readonly string[]): Promise<FirstLoad> => {
  const built = await build({
    root: 'web',
    logLevel: 'warn',
    build: { outDir: resolve('test/artifacts/web'), emptyOutDir: true },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('The web app builds to one output.');
  const chunks = new Map(
    built.output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])),
  );
  const neededChunks = needed.map((path) => {
    const chunk = [...chunks.values()].find(({ moduleIds }) => moduleIds.includes(resolve(path)));
    if (chunk === undefined) throw new Error(`No chunk of the web app holds ${path}.`);
    return chunk;
  });
  const entries = [...chunks.values()].filter((chunk) => chunk.isEntry);

  const loaded = new Set(
    [...entries, ...neededChunks].flatMap((chunk) => [...withStaticImports(chunk, chunks)]),
  );
  const styles = new Set([...loaded].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]));
  const names = new Set(['index.html', ...styles, ...[...loaded].map(({ fileName }) => fileName)]);
  const files = built.output.filter(({ fileName }) => names.has(fileName));
  const font = built.output.find(({ fileName }) => /inter-latin-wght.*\.woff2$/.test(fileName));
  if (font === undefined || font.type === 'chunk') throw new Error('The web app has no font for Latin.');
  return {
    fontBytes: Buffer.from(font.source).byteLength,
    gzippedBytes: files.reduce(
      (sum, file) => sum + gzipSync(file.type === 'chunk' ? file.code : file.source).byteLength,
      0,
    ),
    files: files.map(({ fileName }) => fileName),
    modules: [...chunks.values()].flatMap(({ moduleIds }) => moduleIds),
  };
};
