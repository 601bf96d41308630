/**
 * `npm run attack`: repeats all known attacks on a separate product. Exits with 1 if one succeeds.
 * `npm run attack -- flood`: only 1,000 requests per second without a token.
 */
import { startTestProduct } from '../support/product.ts';
import { attackAddresses, attackByAcceptingTwice, attackBySquatting } from './addresses.ts';
import { attackCells } from './cells.ts';
import { attackEvidence, attackIndexes } from './evidence.ts';
import { attackByFloodingWithoutToken } from './floods.ts';
import { attackTokens, attackWebhooks } from './forgeries.ts';
import { attackOwnRoles, attackTenantRole } from './powers.ts';
import { makePrey, type Prey } from './prey.ts';
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

type Attack = (prey: Prey) => Promise<Tally>;

/** Runs attacks on a separate product, one after another. */
async function attackOne(options: Parameters<typeof startTestProduct>[0], all: readonly Attack[]) {
  const product = await startTestProduct(options);
  try {
    const prey = await makePrey(product);
    const tallies: Tally[] = [];
    for (const attack of all) {
      const tally = await attack(prey);
      tallies.push(tally);
      console.log(`${tally.kind}: ${tally.cells} cells, ${tally.findings.length} findings`);
    }
    return tallies;
  } finally {
    await product.stop();
  }
}

const tallies = [
  ...(process.argv.includes('flood') ? [] : await attackOne({}, attacks)),
  ...(await attackOne({ firewall: true }, [attackByFloodingWithoutToken])),
];
console.table(tallies.map(({ row }) => row));
const findings = tallies.flatMap((tally) => tally.findings);
for (const finding of findings) console.error(finding.slice(0, 600));
process.exitCode = findings.length === 0 ? 0 : 1;
