import { globSync, statSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import * as z from 'zod';
import type { Deployment } from './deployment.ts';

/** A file of the site: where it lies, and the Cache-Control it is stored with. */
export interface SiteFile {
  readonly path: string;
  readonly cacheControl: string;
}

const copying = z.looseObject({
  SourceObjectKeys: z.array(z.string()),
  Include: z.array(z.string()).default([]),
  Exclude: z.array(z.string()).default([]),
  SystemMetadata: z.object({ 'cache-control': z.string() }).default({ 'cache-control': '' }),
});

/** As `aws s3 sync` reads them: a later filter wins, and includes come after excludes. `*` also matches `/`. */
const passes = (file: string, { Include, Exclude }: z.infer<typeof copying>) => {
  const matches = (pattern: string) => matchesGlob(file, pattern.replaceAll('*', '**'));
  return Include.some(matches) || !Exclude.some(matches);
};

/** The site's files by their address (`/index.html`), as the deployment copies them into its bucket. */
export function siteFilesOf(deployment: Deployment): ReadonlyMap<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  for (const { properties } of deployment.all('Custom::CDKBucketDeployment')) {
    const step = copying.parse(properties);
    for (const key of step.SourceObjectKeys) {
      const directory = deployment.assetPath(key);
      for (const file of globSync('**/*', { cwd: directory })) {
        const path = join(directory, file);
        if (statSync(path).isFile() && passes(file, step))
          files.set(`/${file}`, { path, cacheControl: step.SystemMetadata['cache-control'] });
      }
    }
  }
  return files;
}
