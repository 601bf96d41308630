import { Stage } from '../../../domain/onboarding/onboarding.schema.ts';
import { Plan } from '../../../domain/subscription/subscription.schema.ts';
import type { PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import type { Texts } from '../../text/english.ts';

interface Words {
  readonly title: string;
  readonly text: string;
}

/** What a metric is called, and what it counts. */
export function metricWords(metric: PlatformMetric, { analytics, common }: Texts): Words {
  const [kind, name] = metric.split('.');
  if (kind === 'plan') return analytics.onPlan(common.plans[Plan.parse(name)]);
  if (kind === 'stage') return analytics.atStage(analytics.stages[Stage.parse(name)]);
  const named: Readonly<Record<string, Words>> = analytics.metrics;
  return named[metric] ?? { title: metric, text: '' };
}
