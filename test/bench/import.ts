import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startControlPlane } from '../integration/domain/support/control-plane.ts';
import { auditLog, organization, team, user } from '../unit/domain/import/planning.ts';

const organizations = 20;
const peopleOfEach = 25;
const of = (line: number) => `o${line % organizations}`;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The documents of an export with that many audit logs, one after another. */
const tables = (logs: number): Record<string, () => Iterable<object>> => ({
  organizations: () => numbers(organizations).map((n) => organization(`o${n}`)),
  users: () =>
    numbers(organizations * peopleOfEach).map((n) =>
      user(`n${n}`, of(n), { role: n < organizations ? 'org_admin' : 'team_leader' }),
    ),
  teams: () =>
    numbers(organizations * 2).map((n) =>
      team(`t${n}`, of(n), {
        members: numbers(5).map((m) => ({ userId: `user_n${(n % organizations) + m * organizations}` })),
      }),
    ),
  *auditLogs() {
    for (let n = 0; n < logs; n += 1)
      yield auditLog(`a${n}`, of(n), {
        userId: `user_n${n % (organizations * peopleOfEach)}`,
        details: {
          field: 'name',
          before: `Team ${n}`,
          after: `Team ${n + 1}`,
          reason: 'renamed '.repeat(10),
        },
        timestamp: new Date(Date.UTC(2022, 0, 1) + n * 300_000).toISOString(),
      });
  },
});

async function writeExport(folder: string, logs: number): Promise<void> {
  for (const [table, documents] of Object.entries(tables(logs))) {
    mkdirSync(join(folder, table));
    const lines = function* () {
      for (const document of documents()) yield `${JSON.stringify(document)}\n`;
    };
    await pipeline(Readable.from(lines()), createWriteStream(join(folder, table, 'documents.jsonl')));
  }
}

/** The peak memory of a process, in MB, as reported by Linux; 0 on other systems. */
function peakMegabytes({ pid }: ChildProcess): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

interface Step {
  readonly step: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly code: number | null;
}

/** Runs the command, and kills it once its progress reports `killAt` lines. */
async function measure(
  step: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  killAt = Number.POSITIVE_INFINITY,
): Promise<Step & { readonly runId: string }> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['infra/import/import.ts', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let megabytes = 0;
  let runId = '';
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakMegabytes(child));
  }, 100);
  createInterface(child.stdout).on('line', (line) => {
    runId ||= /imp_[0-9A-Z]{16}/.exec(line)?.[0] ?? '';
  });
  createInterface(child.stderr).on('line', (line) => {
    console.error(line);
    const done = /(?:lines imported|undone): (\d+)/.exec(line)?.[1];
    if (done !== undefined && Number(done) >= killAt) child.kill('SIGKILL');
  });
  const [code] = await once(child, 'close');
  clearInterval(watch);
  return { step, seconds: (performance.now() - begun) / 1000, megabytes, code, runId };
}

/** An import of that many audit logs, killed three times while importing and once while exporting. */
export async function benchImport(logs: number): Promise<Step[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-bench-import-'));
  const { endpoint, plane, stop } = await startControlPlane();
  const env = { MTCMS_DYNAMODB_ENDPOINT: endpoint, TABLE_NAME: plane.table };
  try {
    await writeExport(folder, logs);
    const steps: Step[] = [];
    const run = async (...args: Parameters<typeof measure>) => {
      const { runId, ...step } = await measure(...args);
      steps.push(step);
      return runId;
    };
    const runId = await run('dry run', [folder], env);
    for (const quarter of [1, 2, 3])
      await run(`apply, killed at ${quarter}/4`, [folder, '--apply'], env, (logs * quarter) / 4);
    await run('apply, to its end', [folder, '--apply'], env);
    await run('roll back, killed at 1/2', ['--rollback', runId], env, logs / 2);
    await run('roll back, to its end', ['--rollback', runId], env);
    return steps;
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
