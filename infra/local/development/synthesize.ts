import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../../build-app.ts';
import { ConfigurationError } from '../../stage.ts';

/**
 * Runs in a separate process, so that it reads the current sources. Writes the cloud assembly for `npm run
 * dev` into the directory that is its argument. Bundles nothing: that happens while it runs.
 */
const [outputDirectory = ''] = process.argv.slice(2);
const webDirectory = join(outputDirectory, 'no-site');
mkdirSync(webDirectory, { recursive: true });
writeFileSync(join(webDirectory, 'index.html'), '');

try {
  buildApp({ outputDirectory, webDirectory, context: { 'aws:cdk:bundling-stacks': [] } }).synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
