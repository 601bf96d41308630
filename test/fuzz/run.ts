/**
 * `npm run fuzz -- --requests 20000 --seed 7`: any number of requests. Exits with 1 if a response is wrong.
 */
import { parseArgs } from 'node:util';
import { makeWorld } from '../access/world.ts';
import { startTestProduct } from '../support/product.ts';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
});
const product = await startTestProduct();
try {
  const world = await makeWorld(product);
  const options = { requests: Number(values.requests), seed: Number(values.seed) };
  const { statuses, findings } = await fuzz(product, world, options);
  console.table(statuses);
  for (const finding of findings) console.error(JSON.stringify(finding).slice(0, 1500));
  console.log(`${options.requests} requests, ${findings.length} wrong answers.`);
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  await product.stop();
}
