/**
 * `npm run docs:patterns`: calls every route of a product on the real engine, and documents the table
 * requests of each. It takes a minute or two; a test fails when a route is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { benchRoutes } from '../bench/routes/run.ts';
import { withPart } from './generated-part.ts';

const path = 'docs/reference/access-patterns.md';
const smallest = 10;

const { rows } = await benchRoutes(0, [smallest]);
const lines = rows.map(({ route, figures: [figures] }) => {
  const { how = [], trips = 0, units = 0 } = figures ?? {};
  return `| \`${route}\` | ${how.map((calls, index) => `${index + 1}. ${calls}`).join('<br>')} | ${trips} | ${Number(units.toFixed(1))} |`;
});
const table = ['| route | asks the table for | round trips | units |', '| --- | --- | --- | --- |', ...lines];
writeFileSync(path, withPart(readFileSync(path, 'utf8'), table.join('\n')));
console.log(`wrote ${path}`);
process.exit(0);
