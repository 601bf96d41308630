import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { jobs, requestMetrics } from '../../events/metrics.ts';
import type { TransformTemplate } from '../../infra/local/assembly/deployment.ts';
import { buildStage, resourcesOf } from '../infra/synthesized.ts';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';

let product: TestProduct;
const daemon = createSocket('udp4');
const traces: string[] = [];
beforeAll(async () => {
  daemon.bind(0, '127.0.0.1').on('message', (message) => traces.push(String(message)));
  await once(daemon, 'listening');
  product = await startTestProduct({ transformTemplate: tracedBy(`127.0.0.1:${daemon.address().port}`) });
});
afterAll(async () => {
  await product.stop();
  daemon.close();
});

/** Every function finds X-Ray's daemon there, as in Lambda. */
const tracedBy =
  (address: string): TransformTemplate =>
  (template) => {
    for (const { Type, Properties } of Object.values(template.Resources))
      if (Type === 'AWS::Lambda::Function') {
        const { Variables } = z
          .object({ Variables: z.record(z.string(), z.unknown()) })
          .parse(Properties.Environment ?? { Variables: {} });
        Object.assign(Properties, {
          Environment: { Variables: { ...Variables, AWS_XRAY_DAEMON_ADDRESS: address } },
        });
      }
    return template;
  };

interface Name {
  readonly metric: string;
  /** A value only where it is one of a list. */
  readonly of: Readonly<Record<string, string>>;
}

const Metrics = z.array(
  z.object({ namespace: z.string(), name: z.string(), dimensions: z.record(z.string(), z.string()) }),
);
const measured = async (): Promise<Name[]> => {
  const { metrics } = (await product.api('/local/state.json')).body;
  return Metrics.parse(metrics)
    .filter(({ namespace }) => namespace === 'MTCMS/local')
    .map(({ name, dimensions }) => ({ metric: name, of: dimensions }));
};

const AlarmProperties = z.object({
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
});

/** The product's own metrics that alarms and the dashboard read. */
function read(): { alarms: Name[]; searched: { dimension: string; metric: string }[]; counted: string[] } {
  const stage = buildStage('prod');
  try {
    const monitoring = stage.template('monitoring');
    const own = resourcesOf(monitoring, 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => AlarmProperties.parse(Properties))
      .filter(({ Namespace }) => Namespace === 'MTCMS/prod');
    const body = JSON.stringify(resourcesOf(monitoring, 'AWS::CloudWatch::Dashboard'));
    return {
      alarms: own.map(({ MetricName = '', Dimensions }) => ({
        metric: MetricName,
        of: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, String(Value)])),
      })),
      searched: [...body.matchAll(/\{MTCMS\/prod,(\w+)\} MetricName=\W+(\w+)/g)].map(
        ([, dimension = '', metric = '']) => ({ dimension, metric }),
      ),
      counted: resourcesOf(monitoring, 'AWS::Logs::MetricFilter').map(({ Properties }) =>
        String(
          z.array(z.object({ MetricName: z.string() })).parse(Properties.MetricTransformations)[0]
            ?.MetricName,
        ),
      ),
    };
  } finally {
    stage.discard();
  }
}

it('what alarms and the dashboard read is what the functions write, by name and dimensions', async () => {
  const admin = await product.signIn('amara.abara@northwind.example');
  const { user } = (await product.api('/api/me', { token: admin })).body;
  await product.api(`/api/organizations/${user.organizationId}/teams`, { token: admin });
  const superAdmin = await product.signIn(superAdminEmail);
  await product.api('/api/admin/organizations', { token: superAdmin });
  await product.api('/api/me');
  for (const { name } of product.aws.schedules())
    expect(await product.aws.runSchedule(name), name).toMatchObject({ outcome: { ok: true } });

  const { alarms, searched, counted } = read();
  const watched = new Set(alarms.flatMap(({ of: { Job } }) => Job ?? []));
  // A function's output arrives after its response.
  const written = await eventually(async () => {
    const all = await measured();
    return watched.size <= new Set(all.flatMap(({ of: { Job } }) => Job ?? [])).size && all;
  }, 'a metric of each job');
  for (const { metric, of } of alarms)
    if (!counted.includes(metric)) expect(written).toContainEqual({ metric, of });
  expect(
    written
      .filter(({ of }) => 'Job' in of)
      .map(({ of }) => of.Job)
      .toSorted(),
  ).toEqual(Object.keys(jobs).toSorted());
  // Nothing fails here: failure output is tested with the function that writes it.
  for (const { dimension, metric } of searched)
    if (metric !== requestMetrics.failures)
      expect(written.filter((one) => one.metric === metric && dimension in one.of)).not.toEqual([]);
  expect(new Set(written.flatMap(({ of }) => Object.keys(of)))).toEqual(
    new Set([...searched.map(({ dimension }) => dimension), 'Job']),
  );
  expect(written.map(({ of }) => of.Tier)).toEqual(
    expect.arrayContaining(['none', 'platform', 'enterprise']),
  );
  expect((await product.request('/local')).body).toContain('Job usage-day');
});

it('a trace leads from a request to what it asked of the table', async () => {
  const token = await product.signIn('amara.abara@northwind.example');
  const { user } = (await product.api('/api/me', { token })).body;
  traces.length = 0;
  await product.api(`/api/organizations/${user.organizationId}/teams`, { token });
  await vi.waitFor(() => expect(traces.join()).toContain('"Route"'));
  const { annotations, subsegments } = JSON.parse(traces[0]?.split('\n')[1] ?? '');
  expect(annotations).toMatchObject({ Route: 'listTeams', Tier: 'enterprise', status: 200 });
  expect(subsegments).toContainEqual(
    expect.objectContaining({ name: 'DynamoDB', http: { response: { status: 200 } } }),
  );
  expect(traces.join()).not.toMatch(/user_|org_|@/);
});
