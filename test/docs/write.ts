/** `npm run docs`: writes the generated parts of the documents. A test fails when one is stale. */
import { writeFileSync } from 'node:fs';
import { allRenewed } from './documents.ts';

for (const [path, text] of allRenewed()) {
  writeFileSync(path, text);
  console.log(`wrote ${path}`);
}
