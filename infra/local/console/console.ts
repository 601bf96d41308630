import type { IncomingMessage } from 'node:http';
import type { LoggedEvent } from '../aws/event-bridge.ts';
import type { DeadLetter } from '../aws/queues.ts';
import type { FunctionOutcome } from '../aws/resources.ts';
import type { ScheduleStatus } from '../aws/scheduler.ts';
import type { AwsServices } from '../aws/services.ts';
import type { ConsumerStatus } from '../aws/streams/consumer.ts';
import type { Failure } from '../aws/streams/failures.ts';
import { fromOurselves, type HttpAnswer, json, readBody, text } from '../http.ts';
import type { FunctionStatus, Lambda } from '../lambda/lambda.ts';
import type { MetricStatus } from '../lambda/metrics.ts';
import { type CanaryState, canaryState } from './canary.ts';
import type { Meter } from './meter.ts';
import { html, type Markup, page } from './page.ts';

interface ConsoleOptions {
  readonly origin: string;
  readonly aws: AwsServices;
  readonly lambda: Lambda;
  /** Runs a function on an operator's request, by its path below `/local/`. */
  readonly operate: Readonly<Record<'redrive' | 'usage', (event: unknown) => Promise<FunctionOutcome>>>;
  /** The billing system stand-in, for callers with the right `Authorization`. */
  readonly billing: { readonly meter: Meter; readonly authorization: string };
}

const redrivePath = '/local/redrive';
const usagePath = '/local/usage';
const meteringPath = '/local/metering';
const largestEvent = 10_000;

/** The event in a request for a function. A form of the console has none. */
async function eventOf(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, largestEvent);
  const isJson = request.headers['content-type'] === 'application/json';
  return isJson && body !== null ? JSON.parse(body.toString('utf8')) : { does: 'replay' };
}
const runPath = /^\/local\/schedules\/([\w-]+)\/run$/;

/** Accepts a metering event as a billing system does, idempotently. */
async function takeMetered(
  request: IncomingMessage,
  { meter, authorization }: ConsoleOptions['billing'],
): Promise<HttpAnswer> {
  if (request.headers.authorization !== authorization) return text(401, 'Unauthorized');
  const body = await readBody(request, largestEvent);
  const taken = meter.take(body === null ? undefined : JSON.parse(body.toString('utf8')));
  return json(taken === 'malformed' ? 400 : 202, { taken });
}

/** Shows the product's activity, and starts schedules and replays on demand. Local only. */
export function localConsole({ origin, aws, lambda, operate, billing }: ConsoleOptions) {
  const state = async (): Promise<ConsoleState> => ({
    functions: lambda.status(),
    metrics: lambda.metrics(),
    consumers: aws.consumers(),
    schedules: aws.schedules(),
    canary: canaryState(aws.schedules()),
    failures: await aws.failures(),
    deadLetters: aws.deadLetters(),
    metered: billing.meter.sums(),
    events: aws.busEvents(),
  });
  return async (request: IncomingMessage, url: URL): Promise<HttpAnswer> => {
    if (request.method === 'POST' && url.pathname === meteringPath)
      return await takeMetered(request, billing);
    if (request.method === 'POST') {
      const [, name] = runPath.exec(url.pathname) ?? [];
      const run = { [redrivePath]: operate.redrive, [usagePath]: operate.usage }[url.pathname];
      if (name === undefined && run === undefined) return text(404, 'Not Found');
      if (!fromOurselves(request, origin)) return text(403, 'Only pages of this origin may run anything.');
      const result = await (name === undefined ? run?.(await eventOf(request)) : aws.runSchedule(name));
      if (request.headers.accept?.includes('application/json')) return json(200, result);
      return { status: 303, headers: { location: '/local' }, body: Buffer.alloc(0) };
    }
    if (url.pathname === '/local/state.json') return json(200, await state());
    return url.pathname === '/local' ? consolePage(await state()) : text(404, 'Not Found');
  };
}

/** What the console shows: the state of each stand-in. */
interface ConsoleState {
  readonly functions: readonly FunctionStatus[];
  readonly metrics: readonly MetricStatus[];
  readonly consumers: readonly ConsumerStatus[];
  readonly schedules: readonly ScheduleStatus[];
  readonly canary: CanaryState;
  readonly failures: readonly Failure[];
  /** Oldest first. */
  readonly deadLetters: readonly DeadLetter[];
  /** The events that the billing system stand-in has received. */
  readonly metered: ReturnType<Meter['sums']>;
  /** Oldest first. */
  readonly events: readonly LoggedEvent[];
}

const shownEvents = 25;

/** The console as a page. */
const consolePage = ({
  functions,
  metrics,
  consumers,
  schedules,
  canary,
  failures,
  deadLetters,
  metered,
  events,
}: ConsoleState): HttpAnswer =>
  page(
    200,
    'Inside MTCMS',
    html`<h1>Inside MTCMS</h1>
<p class="soft">What the deployed template is doing on this machine. <a href="/">The product</a> · <a href="/clerk/outbox">Outbox</a></p>
<h2>Isolation canary</h2>${canaryCard(canary)}
<h2>Schedules</h2>${table(['Schedule', 'When', 'Last run', 'Run'], schedules.map(scheduleRow))}
<h2>Functions</h2>${table(['Function', 'Threads', 'Invocations', 'Errors', 'Last cold start'], functions.map(functionRow))}
<h2>Metrics</h2>${metrics.length === 0 ? html`<p class="soft">None yet.</p>` : table(['Metric', 'Of', 'Samples', 'Mean', 'Highest'], metrics.map(metricRow))}
<h2>Stream consumers</h2>${table(['Consumer', 'Delivered', 'Filtered out', 'Given up', 'Last error'], consumers.map(consumerRow))}
<h2>Records given up</h2>${
      failures.length === 0
        ? html`<p class="soft">None.</p>`
        : html`${table(['Why', 'Records', 'Object'], failures.map(failureRow))}<form method="post" action="${redrivePath}"><button>Replay</button></form>`
    }
<h2>Dead letters</h2>${deadLetters.length === 0 ? html`<p class="soft">None.</p>` : table(['Since', 'Queue', 'Message', 'Why'], deadLetters.slice(-shownEvents).reverse().map(letterRow))}
<h2>Metered usage</h2>${metered.length === 0 ? html`<p class="soft">None yet: close a day by a daily usage schedule, or by npm run usage.</p>` : table(['Organization', 'Metric', 'Days', 'Sum'], metered.map(meteredRow))}
<h2>Latest domain events</h2>${events.length === 0 ? html`<p class="soft">None yet.</p>` : table(['Time', 'Event', 'Detail'], events.slice(-shownEvents).reverse().map(eventRow))}`,
  );

const row = (cells: readonly (string | number | Markup)[]): Markup =>
  html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;

const table = (titles: readonly string[], rows: readonly Markup[]): Markup =>
  html`<div class="card scroll" role="region" aria-label="${titles[0] ?? ''}" tabindex="0"><table><thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

const scheduleRow = ({ name, expression, results }: ScheduleStatus): Markup => {
  const [last] = results;
  const outcome =
    last === undefined
      ? 'not yet'
      : `${last.startedAt} · ${last.outcome.ok ? 'done' : last.outcome.error.errorMessage}`;
  const run = html`<form method="post" action="/local/schedules/${name}/run"><button aria-label="Run now: ${name}">Run now</button></form>`;
  return row([name, expression, outcome, run]);
};

const reasons: Readonly<Record<Failure['record']['requestContext']['condition'], string>> = {
  RecordAgeExceeded: 'failed for too long',
  RetryAttemptsExhausted: 'failed too often',
  RecordUnreadable: 'can’t be read',
};

const failureRow = ({ key, record }: Failure): Markup =>
  row([reasons[record.requestContext.condition], record.DDBStreamBatchInfo.batchSize, key]);

const canaryCard = ({ isWell, ranAt, summary, details }: CanaryState): Markup => {
  const word = isWell === null ? '' : isWell ? 'Isolation holds. ' : 'Isolation is in doubt. ';
  const lines = details.map((line) => html`<li>${line}</li>`);
  return html`<div class="card"><strong>${word}</strong>${summary}${ranAt === undefined ? '' : ` Last run: ${ranAt}`}${lines.length === 0 ? '' : html`<ul>${lines}</ul>`}</div>`;
};

const functionRow = ({ title, instances, invocations, errors, coldStarts }: FunctionStatus): Markup =>
  row([
    title,
    instances,
    invocations,
    errors,
    coldStarts[0] === undefined ? '–' : `${Math.round(coldStarts[0])} ms`,
  ]);

const metricRow = ({ name, dimensions, samples, sum, highest }: MetricStatus): Markup =>
  row([
    name,
    Object.entries(dimensions)
      .map(([dimension, value]) => `${dimension} ${value}`)
      .join(', '),
    samples,
    Math.round(sum / samples),
    highest,
  ]);

const consumerRow = ({ mapping, delivered, filtered, givenUp, lastError }: ConsumerStatus): Markup =>
  row([mapping, delivered, filtered, givenUp, lastError ?? '–']);

const meteredRow = ({ organization, metric, days, sum }: ConsoleState['metered'][number]): Markup =>
  row([organization, metric, days, sum]);

const letterRow = ({ at, queue, body, problem }: DeadLetter): Markup =>
  row([at, queue, JSON.stringify(body), problem]);

const eventRow = ({ event }: LoggedEvent): Markup =>
  row([event.time, event['detail-type'], JSON.stringify(event.detail)]);
