import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { meteredMetrics } from '../../events/metering.ts';
import { costOfLayers } from './audit/layers.ts';
import { benchAudit, quick, thorough } from './audit/run.ts';
import { benchVerification } from './audit/verification.ts';
import { coldStarts } from './cold.ts';
import { benchDevLoop } from './dev.ts';
import { benchFlood } from './flood/run.ts';
import { benchImport } from './import.ts';
import { benchExport } from './lifecycle/export.ts';
import { benchJobs } from './lifecycle/run.ts';
import { costsOfUse } from './lifecycle/uses.ts';
import { benchRoutes } from './routes/run.ts';
import { benchUsage } from './usage/run.ts';
import { warmRequests } from './warm.ts';
import { benchWeb } from './web/run.ts';

/**
 * `npm run bench`: prints the figures, and writes them to test/artifacts/bench.json. `-- --quick`: few
 * rounds. `-- web`: the web app instead. `-- routes`: the table requests of each route, with up to 10,000
 * organizations. `-- usage`: the daily usage run, with up to 10,000. `-- import`: a legacy import of
 * 200,000 audit logs, or `--logs`, killed several times. `-- flood`: one organization's audit entries above
 * a partition's limit. `-- audit`: the cost of the audit log's tree. `-- lifecycle`: the cost of scheduled
 * jobs, keys and webhooks, and exports of up to 1,000,000 items. `-- dev`: how long a saved change takes to
 * be visible while `npm run dev` runs.
 */
const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    logs: { type: 'string', default: '200000' },
  },
  allowPositionals: true,
});
const rounds = values.quick ? { cold: 3, warm: 3, routes: 3 } : { cold: 21, warm: 31, routes: 11 };

const round = (figure: number, digits: number) => Number(figure.toFixed(digits));

async function benchFunctions() {
  const cold = await coldStarts(rounds.cold);
  console.log('\nCold: what loads before the first event, in a fresh process (median)');
  console.table(
    Object.fromEntries(
      cold.map(({ bundle, startKilobytes, laterKilobytes, initMilliseconds, ratio }) => [
        bundle,
        {
          'start KB': round(startKilobytes, 1),
          'later KB': round(laterKilobytes, 1),
          'init ms': round(initMilliseconds, 1),
          '× floor': round(ratio, 2),
        },
      ]),
    ),
  );
  const warm = await warmRequests(rounds.warm);
  console.log('\nWarm: one request after another (median of rounds), engine without the IAM gate for all');
  console.table(
    Object.fromEntries(
      warm.map(({ request, product, bare, peer, toBare, toPeer }) => [
        request,
        {
          'product ms': round(product, 3),
          'bare ms': round(bare, 3),
          'peer ms': round(peer, 3),
          '× bare': round(toBare, 2),
          '× peer': round(toPeer, 2),
        },
      ]),
    ),
  );
  return { rounds, cold, warm };
}

const shown = (figures: readonly number[], digits: number) =>
  figures.map((figure) => round(figure, digits)).join(' / ');

async function benchTable() {
  const { rows, ...said } = await benchRoutes(rounds.routes);
  console.log(
    '\nRoutes after authentication and membership, at 10 / 1,000 / 10,000 organizations beside the example’s; p50 of the whole request',
  );
  console.table(
    Object.fromEntries(
      rows.map(({ route, figures, problem }) => [
        route,
        {
          'round trips': Math.max(...figures.map(({ trips }) => trips)),
          'capacity units': shown(
            figures.map(({ units }) => units),
            1,
          ),
          'p50 ms': shown(
            figures.map(({ p50 }) => p50),
            1,
          ),
          '': problem,
        },
      ]),
    ),
  );
  for (const { route, why } of said.unmeasured) console.log(`Not measured: ${route}: ${why}`);
  return { rounds, rows, ...said };
}

async function benchUsageRun() {
  const rows = await benchUsage();
  console.log(
    '\nThe daily usage run; heap in use after a collection, before each page of 50 organizations and at the end',
  );
  console.table(
    Object.fromEntries(
      rows.map(({ organizations, unitsEach, lateUnitsEach, early, last, highest, problem }) => [
        organizations,
        {
          'capacity units each': round(unitsEach, 2),
          'of a day closed late': round(lateUnitsEach, 2),
          'metering events each': meteredMetrics.length,
          'early MB': round(early, 1),
          'last MB': round(last, 1),
          'highest MB': round(highest, 1),
          '': problem,
        },
      ]),
    ),
  );
  return { rows };
}

async function benchLegacyImport() {
  const logs = Number(values.logs);
  const steps = await benchImport(logs);
  console.log(`\nA legacy import of ${logs} audit logs; resident memory at its highest`);
  console.table(
    Object.fromEntries(
      steps.map(({ step, seconds, megabytes, code }) => [
        step,
        { seconds: round(seconds, 1), 'peak MB': round(megabytes, 0), code: code ?? 'killed' },
      ]),
    ),
  );
  return { logs, steps };
}

async function benchOneOrganization() {
  const { rows, flood } = await benchFlood();
  console.log(
    `\nA flood of one organization: ${flood.entries} changes, ${flood.aSecond} a second, in ${flood.shards} shards of the stream; its month takes ${flood.limit} write units a second (a model one to ten)`,
  );
  console.table(
    Object.fromEntries(
      rows.map(({ writer, unitsEach, greatestDelay, refusedPuts, problem, inOrder, ...counts }) => [
        writer,
        {
          ...counts,
          'in order': inOrder,
          'refused puts': refusedPuts,
          'units each': round(unitsEach, 2),
          'greatest delay s': round(greatestDelay, 1),
          '': problem,
        },
      ]),
    ),
  );
  return { flood, rows };
}

async function benchTrail() {
  const figures = await benchAudit(values.quick ? quick : thorough);
  const verification = await benchVerification(values.quick ? 20_000 : 100_000);
  console.log('\nVerifying a proof file, every entry with its hashes and every checkpoint (median)');
  console.table(
    Object.fromEntries(
      verification.map(({ where, entriesPerSecond }) => [where, { 'entries a second': entriesPerSecond }]),
    ),
  );
  const { speed, p99, units, sealed } = figures;
  console.log(
    '\nThe writer beside a bare BatchWriteItem of the same entries, and a bare transaction of the same writes, by turns (median)',
  );
  console.table(
    Object.fromEntries(
      speed.map(({ batch, toBare, toTransaction, aSecond }) => [
        `${batch} of one organization`,
        {
          'entries a second': round(aSecond, 0),
          '× bare': round(toBare, 2),
          '× transaction': round(toTransaction, 2),
        },
      ]),
    ),
  );
  console.log('\nCapacity units of an entry, beside a plain conditional put of it');
  console.table(
    Object.fromEntries(
      units.map(({ batch, writer, before }) => [
        `${batch} in a transaction`,
        { before: round(before, 2), now: round(writer, 2), ratio: round(writer / before, 2) },
      ]),
    ),
  );
  console.log(
    `\nFrom a change to its entry at 100 changes a second, gathered for a second: p99 ${round(p99, 0)} ms`,
  );
  console.log('\nAn hour’s checkpoints, one shard after another; units of each organization');
  console.table(
    Object.fromEntries(
      sealed.map(({ count, some, none, seconds }) => [
        `${count} organizations`,
        { 'with 3 new': round(some, 2), 'with none': round(none, 2), 'seconds for all': round(seconds, 0) },
      ]),
    ),
  );
  const layers = await costOfLayers(values.quick ? 15 : 61);
  console.log(
    `\nThe guard adds ${round(layers.guard, 3)} ms of processor time to a warm GET /api/me of ${round(layers.request, 3)} ms (median of differences, by turns)`,
  );
  return { ...figures, verification, layers };
}

async function benchWholeLife() {
  const jobs = await benchJobs(values.quick ? [100, 1000] : [100, 1000, 10_000]);
  console.log('\nScheduled work at 100 / 1,000 / 10,000 organizations');
  console.table(
    Object.fromEntries(
      jobs.map(({ job, per, units, problem }) => [job, { units: shown(units, 2), each: per, '': problem }]),
    ),
  );
  const { uses, canary } = await costsOfUse();
  console.log(`\nUnits of an organization without keys and webhooks, and with; the canary’s run: ${canary}`);
  console.table(
    Object.fromEntries(
      uses.map(({ what, without, having }) => [what, { without: round(without, 2), with: round(having, 2) }]),
    ),
  );
  const exports = await benchExport(values.quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]);
  console.log('\nThe export of an organization that leaves; heap in use after a collection at each note');
  console.table(
    Object.fromEntries(
      exports.map(({ items, zip, unitsPerThousand, seconds, early, highest, resident, note }) => [
        `${items} items`,
        {
          'zip MB': round(zip, 1),
          'units a thousand': round(unitsPerThousand, 1),
          seconds: round(seconds, 0),
          'early heap MB': round(early, 1),
          'highest heap MB': round(highest, 1),
          'peak resident MB': round(resident, 0),
          'longest note KB': round(note, 0),
        },
      ]),
    ),
  );
  return { jobs, uses, canary, exports };
}

async function benchSaves() {
  const { rows } = await benchDevLoop(values.quick ? 3 : 11);
  console.log('\n`npm run dev`: milliseconds from a save until it is seen');
  console.table(
    Object.fromEntries(
      rows.map(({ saved, median, longest }) => [
        saved,
        { median: round(median, 0), longest: round(longest, 0) },
      ]),
    ),
  );
  return { rows };
}

const benches = {
  bench: benchFunctions,
  'bench-web': benchWeb,
  'bench-routes': benchTable,
  'bench-usage': benchUsageRun,
  'bench-import': benchLegacyImport,
  'bench-flood': benchOneOrganization,
  'bench-audit': benchTrail,
  'bench-lifecycle': benchWholeLife,
  'bench-dev': benchSaves,
};
const others = [
  'bench-web',
  'bench-routes',
  'bench-usage',
  'bench-import',
  'bench-flood',
  'bench-audit',
  'bench-lifecycle',
  'bench-dev',
] as const;
const [file = 'bench' as const] = others.filter((name) => positionals.includes(name.slice('bench-'.length)));
const figures = await benches[file]();
mkdirSync('test/artifacts', { recursive: true });
writeFileSync(`test/artifacts/${file}.json`, `${JSON.stringify({ at: new Date(), ...figures }, null, 2)}\n`);
