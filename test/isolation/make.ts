import { configurations } from './layers.ts';
import { evaluatePolicies } from './policies.ts';
import { type IsolationReport, reportOf } from './report.ts';
import { startStage } from './stage.ts';
import { type Tried, tryAll } from './try-all.ts';

interface Making {
  readonly commit: string;
  readonly say?: (what: string) => void;
}

/** Makes all attempts on a separate product and evaluates every policy. */
export async function makeReport({ commit, say = () => undefined }: Making): Promise<IsolationReport> {
  const made = new Date();
  const policies = await evaluatePolicies();
  say(`${policies.judgments.length} decisions of policies`);
  const stage = await startStage();
  try {
    const tried: Tried[] = [];
    const named: string[] = [];
    for (const configuration of configurations) {
      const isControl = configuration.on.length === 0;
      const one = await tryAll(stage, configuration, ({ by }) => !isControl || by === 'org_admin');
      tried.push(one);
      if (!isControl) named.push(...(await stage.victim.named()));
      say(`${configuration.title}: ${one.outcomes.size} attempts, ${one.changed.length} items changed`);
    }
    const planted = [...new Set(named)].map(
      (key) => `what is the attackers’ names something foreign: ${key}`,
    );
    return reportOf(stage.prepared, { tried, policies, planted }, { made, commit });
  } finally {
    await stage.stop();
  }
}
