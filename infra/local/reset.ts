import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftover } from './aws/engine/ownership.ts';
import { LocalProblem } from './problem.ts';

/** `npm run reset`: deletes the local data. Stop the product first; a running one keeps its data. */
const stateDirectory = join(import.meta.dirname, '../../.local');
try {
  await endLeftover(stateDirectory);
  rmSync(stateDirectory, { recursive: true, force: true });
  console.log('Local data deleted. The next npm start creates new example data.');
} catch (error) {
  console.error(error instanceof LocalProblem ? error.message : error);
  process.exitCode = 1;
}
