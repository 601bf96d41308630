/** `npm run cost`: the cost of a stage per month, from measured units and stated prices. */
import { table } from '../runner/table.ts';
import { idleOrganization, monthly, total, use } from './cost.ts';
import { prices } from './prices.ts';

const months = use.organizations.map((count) => monthly(count));
const dollars = (amount: number) => amount.toFixed(2);
console.log(
  `$ a month, list prices of ${prices.region}, ${prices.date}; docs/cost.md says what is assumed\n`,
);
console.log(
  table([
    ['', ...use.organizations.map((count) => `${count} organizations`)],
    ...Object.keys(months[0] ?? {}).map((part) => [
      part,
      ...months.map((month) => dollars(month[part] ?? 0)),
    ]),
    ['all', ...months.map((month) => dollars(total(month)))],
  ]),
);
console.log(`\nAn organization that nobody uses: $${total(idleOrganization()).toFixed(4)} a month`);
