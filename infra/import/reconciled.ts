import { shown as checksum } from '../../domain/legacy/checksum.ts';
import type { Outcome } from '../../domain/legacy/outcome.ts';
import { isReconciled, reconcile, type TableReconciliation } from '../../domain/legacy/reconcile.service.ts';
import type { ControlPlane } from '../../domain/table/scope.ts';
import { outcomesOf, type Plan } from './plan-export.ts';
import { progress } from './progress.ts';

async function* counted(
  outcomes: AsyncIterable<Outcome>,
  at: (lines: number) => void,
): AsyncGenerator<Outcome> {
  let lines = 0;
  for await (const outcome of outcomes) {
    yield outcome;
    lines += 1;
    at(lines);
  }
}

/** Reads back what was imported and says, table by table, whether counts and checksums agree. Resolves to whether all do. */
export async function reconciled(
  plan: Plan,
  plane: ControlPlane,
  { runId, lines }: { readonly runId: string; readonly lines: number },
): Promise<boolean> {
  const shown = progress('lines compared', lines);
  const tables = await reconcile(plane, runId, counted(outcomesOf(plan), shown.at));
  shown.end();
  console.log('\n  Read back from the table: count and checksum\n');
  for (const table of tables) console.log(`  ${table.table.padEnd(14)} ${verdict(table)}`);
  return tables.every(isReconciled);
}

function verdict(table: TableReconciliation): string {
  const since = table.changedSince === 0 ? '' : `, ${table.changedSince} changed since or there before`;
  if (isReconciled(table)) return `agrees: ${checksum(table.found)}${since}`;
  const places = (lines: TableReconciliation['missing']) => lines.slice(0, 10).map(({ line }) => line);
  return [
    `DIFFERS: expected ${checksum(table.expected)}, found ${checksum(table.found)}${since}`,
    ...(table.missing.length > 0 ? [`missing: lines ${places(table.missing)}`] : []),
    ...(table.different.length > 0 ? [`different: lines ${places(table.different)}`] : []),
  ].join('\n                 ');
}
