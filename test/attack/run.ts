/**
 * `npm run attack`: what an attack found once, tried again on a product of its own. Exits with 1 when
 * anything gives way.
 */
import { startTestProduct } from '../support/product.ts';
import { attackAddresses, attackByAcceptingTwice, attackBySquatting } from './addresses.ts';
import { attackCells } from './cells.ts';
import { attackEvidence, attackIndexes } from './evidence.ts';
import { attackTokens, attackWebhooks } from './forgeries.ts';
import { attackOwnRoles, attackTenantRole } from './powers.ts';
import { makePrey } from './prey.ts';
import type { Tally } from './tally.ts';
import { attackByFlooding, attackByWearingOut } from './wearing-out.ts';

const attacks = [
  attackCells,
  attackTokens,
  attackWebhooks,
  attackOwnRoles,
  attackTenantRole,
  attackAddresses,
  attackBySquatting,
  attackByAcceptingTwice,
  attackByWearingOut,
  attackByFlooding,
  attackIndexes,
  attackEvidence,
];

const product = await startTestProduct();
try {
  const prey = await makePrey(product);
  const tallies: Tally[] = [];
  for (const attack of attacks) {
    const tally = await attack(prey);
    tallies.push(tally);
    console.log(`${tally.kind}: ${tally.cells} cells, ${tally.findings.length} findings`);
  }
  console.table(tallies.map(({ row }) => row));
  const findings = tallies.flatMap((tally) => tally.findings);
  for (const finding of findings) console.error(finding.slice(0, 600));
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  await product.stop();
}
