/** `npm run docs`: writes the generated parts of the documents. A test fails when one is stale. */
import { writeFileSync } from 'node:fs';
import { generated, renewed } from './documents.ts';

for (const path of Object.keys(generated)) {
  writeFileSync(path, renewed(path));
  console.log(`wrote ${path}`);
}
