import { afterEach, expect, it, vi } from 'vitest';
import { jobDone, type MeasuredRequest, measureRequest } from '../../../functions/metrics.ts';
import { thingsApi, thingsPath } from './support/things.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Captures stdout, line by line. */
function written(run: () => void) {
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
  vi.stubEnv('STAGE', 'prod');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'organization');
  run();
  const lines = write.mock.calls.map(([line]) => JSON.parse(String(line)));
  write.mockRestore();
  return lines;
}

const request: MeasuredRequest = {
  ...{ requestId: 'request-1', route: 'listTeams', tier: 'growth', status: 200, milliseconds: 12 },
};
const milliseconds = { Name: 'Latency', Unit: 'Milliseconds' };

it('one line of a request is its log, its latency by route and its latency by plan', () => {
  const [line] = written(() => measureRequest(request));
  expect(line).toEqual({
    ...{ level: 'INFO', message: 'request', service: 'organization', timestamp: expect.any(String) },
    ...{ requestId: 'request-1', status: 200, Route: 'listTeams', Tier: 'growth', Latency: 12 },
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        { Namespace: 'MTCMS/prod', Dimensions: [['Route'], ['Tier']], Metrics: [milliseconds] },
      ],
    },
  });
});

it('failures are counted from 500 on, and not written otherwise: a metric that is never written costs nothing', () => {
  const [refused, failed] = written(() => {
    measureRequest({ ...request, status: 404 });
    measureRequest({ ...request, status: 503 });
  });
  expect(refused).not.toHaveProperty('Failures');
  expect(failed).toMatchObject({
    Failures: 1,
    _aws: { CloudWatchMetrics: [{ Metrics: [milliseconds, { Name: 'Failures', Unit: 'Count' }] }] },
  });
});

it('a job that is done is counted by its name', () => {
  expect(written(() => jobDone('usage-day'))).toMatchObject([
    {
      ...{ Job: 'usage-day', RunsDone: 1 },
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'MTCMS/prod',
            Dimensions: [['Job']],
            Metrics: [{ Name: 'RunsDone', Unit: 'Count' }],
          },
        ],
      },
    },
  ]);
});

it('every request is measured once, with its route and its organization’s plan, and nothing of a person', async () => {
  const measured: MeasuredRequest[] = [];
  const send = thingsApi({ measure: (one) => measured.push(one) });
  await send(`GET ${thingsPath}`);
  await send(`GET ${thingsPath}`, { headers: { authorization: '' } });
  await send('GET /api/nothing');
  const common = { requestId: 'request-1', milliseconds: expect.any(Number) };
  expect(measured).toEqual([
    { ...common, route: expect.stringMatching(/Thing/), tier: 'growth', status: 200 },
    { ...common, route: expect.stringMatching(/Thing/), tier: 'none', status: 401 },
    { ...common, route: 'none', tier: 'none', status: 404 },
  ]);
});
