import * as z from 'zod';
import { runCommand, withFunction } from './function-command.ts';

/** The result of the function `redrive`. */
const Report = z.object({
  objects: z.number(),
  records: z.number(),
  failing: z.array(z.object({ key: z.string(), reason: z.string(), eventIds: z.array(z.string()) })),
  waiting: z.number(),
});
type Report = z.infer<typeof Report>;

/** Runs the function once. */
type Run = () => Promise<Report>;

/** Runs until nothing waits, or a run gets nowhere: one that has no time left leaves the rest to the next. */
async function replayAll(run: Run): Promise<Report> {
  const total = { objects: 0, records: 0 };
  for (;;) {
    const report = await run();
    total.objects += report.objects;
    total.records += report.records;
    if (report.waiting === 0 || report.objects === 0) return { ...report, ...total };
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function tell({ objects, records, failing, waiting }: Report): void {
  if (objects + waiting === 0) console.log('\n  The failure bucket is empty. There is nothing to replay.\n');
  else
    console.log(
      `\n  Replayed: ${counted(records, 'record')} in ${counted(objects, 'object')}. Still waiting: ${counted(waiting, 'object')}.\n`,
    );
  for (const { key, reason, eventIds } of failing)
    console.log(`  ${key}\n    ${reason}\n    events: ${eventIds.join(', ') || 'unknown'}\n`);
}

function finish(report: Report): number {
  tell(report);
  return report.waiting === 0 ? 0 : 1;
}

const functionName = process.env.REDRIVE_FUNCTION_NAME || undefined;

/** `npm run redrive`: see docs/runbook.md. The exit code is 1 when something is left. */
await runCommand(() =>
  withFunction({ functionName, localPath: '/local/redrive' }, async (run) =>
    finish(await replayAll(async () => Report.parse(await run({ does: 'replay' })))),
  ),
);
