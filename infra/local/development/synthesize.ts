import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../../build-app.ts';
import { ConfigurationError } from '../../stage.ts';

/**
 * Run in a process of its own, so that it reads the sources as they are now: writes the cloud assembly that
 * `npm run dev` runs, into the directory that is its argument. Nothing is bundled or built: the loop does
 * that while it runs.
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
