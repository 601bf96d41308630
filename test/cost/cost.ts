import { readFileSync } from 'node:fs';
import { prices as p } from './prices.ts';

/**
 * An organization's activity in a month: an assumption, stated in the document. Everything else is measured
 * or a price.
 */
export const use = {
  organizations: [10, 1_000, 10_000],
  people: 12,
  workdays: 20,
  /** A user's activity on a working day, by the names in docs/reference/access-patterns.md. */
  day: {
    'GET /me': 4,
    'GET /organizations/{organizationId}/users/{userId}/dashboard': 4,
    'GET /organizations/{organizationId}/kpis': 6,
    'GET /organizations/{organizationId}/kpis/{kpiId}': 8,
    'GET /organizations/{organizationId}/kpis/{kpiId}/check-ins': 8,
    'GET /organizations/{organizationId}/teams': 3,
    'GET /organizations/{organizationId}/teams/{teamId}': 3,
    'GET /organizations/{organizationId}/analytics': 1,
    'GET /organizations/{organizationId}/audit': 1,
    'POST /organizations/{organizationId}/kpis/{kpiId}/check-ins': 1,
    'PATCH /organizations/{organizationId}/kpis/{kpiId}': 0.5,
  },
  /** An organization a year old, its audit log included, and an idle one. */
  megabytes: 8,
  idleMegabytes: 0.1,
  /**
   * Retained backups, two a week, here and in the second vault. Each is a full copy, as AWS Backup makes of
   * DynamoDB.
   */
  backups: ((35 + 90) * 2) / 7,
  /** A request's response, with the part of the web app that isn't in the browser's cache. */
  answerKilobytes: 8,
  /** The duration in which a function waits for the table and responds. */
  requestSeconds: 0.03,
  /**
   * Per stage, whatever the number of organizations: counted in the template by
   * test/infra/dashboard.test.ts.
   */
  alarms: 90,
  firewallRules: 4,
  secrets: 5,
  /** The average number of routes used per hour: a metric is billed only for hours with data. */
  routes: { 10: 15, 1000: 60, 10000: 110 },
} as const;

/** Measured on the local engine; the command measures it again. */
const measured = {
  /** Member and organization, strongly consistent: decision 27. */
  sessionReads: 2,
  /** One write per five requests: decision 13. */
  rateWrites: 0.2,
  /** `npm run bench -- audit`: three changes in a transaction, with the tree. */
  entryWrites: 6.8,
  /** `npm run bench -- usage`: 4.8 from 100 to 10,000 organizations. Counted as writes, which most aren't. */
  usageRun: 4.8,
  /** `npm run bench -- audit`: an hour without new entries, and with some. */
  checkpointIdle: 3.1,
  checkpoint: 13.1,
  /** `npm run bench -- lifecycle`: the job that maintains invitations, and the comparison with Clerk. */
  invitationRun: 3.1,
  driftRun: 5.1,
  /** The canary: two organizations, ten ways, 160 requests per hour. */
  canaryRequests: 160 * 720,
  /** A request's log line and API Gateway's, and an invocation's by a stream or a schedule. */
  lineKilobytes: 0.8,
} as const;

const hours = 720;
const jobSeconds = 0.06;
const jobMemory = 0.5;

/** Units of each route, from docs/reference/access-patterns.md. */
function unitsOf(route: string): number {
  const row = readFileSync('docs/reference/access-patterns.md', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| \`${route}\` |`));
  const units = Number(row?.split('|').at(-2));
  if (row === undefined || Number.isNaN(units)) throw new Error(`access-patterns.md has no ${route}`);
  return units;
}

/** Per organization and month: its requests, their reads and writes, and how many are changes. */
function requests() {
  const person = { requests: 0, reads: 0, writes: 0, changes: 0 };
  for (const [route, times] of Object.entries(use.day)) {
    const isRead = route.startsWith('GET ');
    person.requests += times;
    person[isRead ? 'reads' : 'writes'] += times * unitsOf(route);
    if (!isRead) person.changes += times;
  }
  const days = use.people * use.workdays;
  return {
    requests: person.requests * days,
    reads: (person.reads + person.requests * measured.sessionReads) * days,
    writes: (person.writes + person.requests * measured.rateWrites) * days,
    changes: person.changes * days,
  };
}

/** Of an idle organization: only scheduled jobs. */
export function idleOrganization() {
  const units =
    hours * (measured.usageRun + measured.checkpointIdle + measured.invitationRun) +
    30 * (measured.usageRun + measured.driftRun);
  return {
    'hourly and daily runs, units taken as writes': units * p.writeUnit,
    'their time in Lambda': 3 * hours * jobSeconds * jobMemory * p.gigabyteSecond,
    'storage and backups': (use.idleMegabytes / 1000) * (storage + backups),
  };
}

/** Per GB and month: in the table and, on average half of it, in indexes, with continuous backup. */
const storage = 1.5 * p.tableGigabyte + p.recoveryGigabyte;
const backups = use.backups * p.backupGigabyte;

/** Dollars per month for that many active organizations, by purpose. */
export function monthly(organizations: (typeof use.organizations)[number]): Record<string, number> {
  const one = requests();
  const all = {
    requests: one.requests * organizations,
    reads: one.reads * organizations,
    writes: one.writes * organizations,
    changes: one.changes * organizations,
  };
  const jobs = Object.values(idleOrganization()).reduce((sum, part) => sum + part, 0) * organizations;
  // X-Ray's default rule: one per second, and 5 % of the rest.
  const first = Math.min(all.requests, hours * 3600);
  const traces = first + (all.requests - first) / 20;
  return {
    'API Gateway and CloudFront': all.requests * (p.apiRequest + p.edgeRequest + p.firewallRequest),
    'data to people': ((all.requests * use.answerKilobytes) / 1e6) * p.edgeGigabyte,
    'Lambda: requests': all.requests * (p.invocation + use.requestSeconds * p.gigabyteSecond),
    'DynamoDB: requests': all.reads * p.readUnit + all.writes * p.writeUnit,
    'audit log and events':
      all.changes *
      (measured.entryWrites * p.writeUnit +
        p.event +
        2 * (p.invocation + jobSeconds * jobMemory * p.gigabyteSecond)),
    'checkpoints: signed and anchored':
      organizations *
      use.workdays *
      10 *
      (p.signature + p.objectPut + (measured.checkpoint - measured.checkpointIdle) * p.writeUnit),
    'scheduled work': jobs + measured.canaryRequests * p.readUnit * 2,
    'storage, and recovery to any second': ((organizations * use.megabytes) / 1000) * storage,
    backups: ((organizations * use.megabytes) / 1000) * backups,
    'logs and traces': ((all.requests * measured.lineKilobytes) / 1e6) * p.logGigabyte + traces * p.trace,
    'metrics by route and by plan': (use.routes[organizations] + 5 + 7) * p.metric,
    'alarms, firewall, keys, secrets':
      use.alarms * p.alarm + p.firewall + use.firewallRules * p.firewallRule + p.key + use.secrets * p.secret,
  };
}

export const total = (parts: Record<string, number>): number =>
  Object.values(parts).reduce((sum, part) => sum + part, 0);
const dollars = (amount: number): string =>
  amount < 10 ? amount.toFixed(2) : Math.round(amount).toLocaleString('en-US');

/** The tables of docs/cost.md. */
export function costTables(): string {
  const months = use.organizations.map((count) => monthly(count));
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const idle = idleOrganization();
  const one = requests();
  return [
    row(['$ a month', ...use.organizations.map((count) => `${count.toLocaleString('en-US')} organizations`)]),
    row(['---', ...use.organizations.map(() => '---:')]),
    ...Object.keys(months[0] ?? {}).map((part) =>
      row([part, ...months.map((month) => dollars(month[part] ?? 0))]),
    ),
    row(['**all**', ...months.map((month) => `**${dollars(total(month))}**`)]),
    row([
      'each organization',
      ...months.map((month, at) => dollars(total(month) / (use.organizations[at] ?? 1))),
    ]),
    '',
    `An organization in use makes ${Math.round(one.requests).toLocaleString('en-US')} requests a month, which read ${Math.round(one.reads).toLocaleString('en-US')} units and write ${Math.round(one.writes).toLocaleString('en-US')}, and ${Math.round(one.changes)} changes.`,
    '',
    row(['an organization that nobody uses', '$ a month']),
    row(['---', '---:']),
    ...Object.entries(idle).map(([part, amount]) => row([part, amount.toFixed(4)])),
    row(['**all**', `**${total(idle).toFixed(4)}**`]),
    '',
    `Prices: ${p.region}, ${p.date}.`,
  ].join('\n');
}
