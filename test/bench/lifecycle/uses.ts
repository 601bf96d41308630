import { abilityOf, rulesFor } from '../../../domain/access/ability.ts';
import { NewApiKey } from '../../../domain/api-key/api-key.schema.ts';
import { readKeyText } from '../../../domain/api-key/key-text.ts';
import { createApiKey } from '../../../domain/api-key/manage-api-keys.ts';
import { letIn, noteKeyUse } from '../../../domain/api-key/use-api-key.ts';
import { knownOrganizations } from '../../../domain/audit/retention.ts';
import { departedIn } from '../../../domain/departure/departed.ts';
import { PROBES } from '../../../domain/ids.ts';
import { requireOrganization } from '../../../domain/organization/find-organization.ts';
import { updateOrganization } from '../../../domain/organization/update-organization.ts';
import { type ControlPlane, platformScope } from '../../../domain/table/scope.ts';
import { findMember } from '../../../domain/user/find-member.ts';
import { createWebhook, webhooksDue } from '../../../domain/webhook/manage-webhooks.ts';
import { sendWebhooks } from '../../../domain/webhook/send-webhooks.ts';
import { NewWebhook } from '../../../domain/webhook/webhook.schema.ts';
import { openUnguarded } from '../../../functions/aws/unguarded-table.ts';
import { changesAppender } from '../../../functions/streams/append-changes.ts';
import { startControlPlane } from '../../integration/domain/support/control-plane.ts';
import { now } from '../../integration/domain/support/founding.ts';
import { create, newKpi } from '../../integration/domain/support/kpis.ts';
import { organizationOf } from '../../integration/domain/support/people.ts';
import { write } from '../audit/run.ts';
import { type ChangeRecord, kpiChange } from '../flood/kpi-change.ts';
import { metered } from '../metered-plane.ts';
import { startMeteredEngine } from '../routes/metered-engine.ts';
import { hourOf, remind } from './jobs.ts';

/** Capacity units used by an organization without keys, webhooks and reminders, and by one with them. */
export interface UseCost {
  readonly what: string;
  readonly without: number;
  readonly having: number;
}

const count = 20;
const entries = 3;
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

type Organization = Awaited<ReturnType<typeof organizationOf>>;

let number = 0;
const changesOf = ({ scope }: Organization): ChangeRecord[] =>
  Array.from({ length: entries }, () => {
    number += 1;
    return kpiChange(scope.organizationId, number, new Date());
  });

/** The cost that every organization has, with or without them. */
async function everyones(plane: ControlPlane, organizations: readonly Organization[], hour: number) {
  const meter = metered(plane);
  const known = knownOrganizations(plane, departedIn(plane));
  let woken = 0;
  const append = changesAppender(plane, () => undefined, {
    organizations: known,
    grown: async (id) => {
      woken += (await known.hasWebhooks(id)) ? 1 : 0;
    },
  });
  // A writer reads an organization once every five minutes.
  for (const one of organizations) await write(plane, append, changesOf(one));
  woken = 0;
  const written = await meter.of(async () => {
    for (const one of organizations) await write(plane, append, changesOf(one));
  });
  const asked = await meter.of(async () => {
    for (const { scope, admin } of organizations) await findMember(scope, admin);
  });
  // Seals what was just written, so that the search for earlier entries ends.
  for (const settling of [0, 1, 2, 3]) await hourOf(plane, later((hour + settling) * 60));
  const hourly = await meter.of(() => hourOf(plane, later((hour + 4) * 60)));
  const each = { entry: written / count / entries, request: asked / count, hour: hourly / count };
  return { ...each, woken: woken / count };
}

/** Lets the sender work for each organization. Returns its units, and the number of messages and files. */
async function send(plane: ControlPlane, organizations: readonly Organization[], at: Date) {
  const due = webhooksDue(platformScope(plane));
  let sent = 0;
  const take = async () => {
    sent += 1;
    return { status: 200, milliseconds: 1 };
  };
  const tools = { now: () => at, hasTime: () => true, request: take };
  const openBucket = () => ({ put: take, test: take });
  const units = await metered(plane).of(async () => {
    for (const { scope } of organizations) {
      const mark = await due.put(scope.organizationId, at);
      const next = await sendWebhooks(scope, { ...tools, openBucket });
      await due.settle(scope.organizationId, mark, next);
    }
  });
  return { units, sent };
}

/** Units of a file of the audit log for a bucket, and of each time that there is nothing new for it. */
async function files(plane: ControlPlane, organizations: readonly Organization[], at: Date) {
  const idle = await send(plane, organizations, at);
  const bucket = {
    ...{ name: 'acme-audit-log', region: 'eu-west-1', prefix: 'mtcms' },
    roleArn: 'arn:aws:iam::222222222222:role/mtcms-log-delivery',
  };
  const input = NewWebhook.parse({ name: 'Evidence', kind: 'bucket', from: 'start', bucket });
  for (const { scope, actor } of organizations)
    await createWebhook({ scope, actor, now: at }, { input, isLocal: false });
  const first = await send(plane, organizations, at);
  const again = await send(plane, organizations, at);
  if (idle.sent !== 0 || first.sent < count || again.sent !== 0) throw new Error('the wrong files were put');
  return { file: (first.units - idle.units) / first.sent, look: (again.units - idle.units) / count };
}

/** Units of a morning with an email, and of another hour of that day, by organization with reminders. */
async function mornings(plane: ControlPlane, organizations: readonly Organization[], at: Date) {
  const plan = { timeZone: 'UTC', language: 'en' } as const;
  const meter = metered(plane);
  let mails = 0;
  const run = (hour: number) =>
    meter.of(async () => {
      mails += await remind(plane, atHour(at, hour));
    });
  const without = await run(9);
  for (const { scope, actor, admin } of organizations) {
    const { revision } = await requireOrganization(scope);
    await updateOrganization({ scope, actor, now: at }, { revision, reminders: plan });
    await create(scope, actor, newKpi({ kind: 'user', userId: admin }));
  }
  const [morning, hour] = [await run(9), await run(10)];
  if (mails !== count) throw new Error(`${mails} mails were sent`);
  return { without: without / count, morning: morning / count, hour: hour / count };
}

const atHour = (at: Date, hour: number) =>
  new Date(Date.parse(`${at.toISOString().slice(0, 10)}T00:00:00.000Z`) + hour * 3_600_000);

/** Gives an organization a key and a webhook. Returns the key's text. */
async function equip({ scope, actor }: Organization) {
  const ctx = { scope, actor, now };
  const hook = NewWebhook.parse({ name: 'Hook', url: 'https://hooks.example.com/in', events: ['*'] });
  await createWebhook(ctx, { input: hook, isLocal: false });
  const { organizationId } = scope;
  const rules = rulesFor({ userId: 'user_x', role: 'org_admin', organizationId, teams: {} });
  const input = NewApiKey.parse({ name: 'Import', scopes: ['kpis:read'] });
  const { key = '' } = await createApiKey(ctx, { stage: 'bench', ability: abilityOf(rules), input });
  const presented = readKeyText('bench', key);
  if (presented === null) throw new Error('not a key');
  return { ctx, presented };
}

/** Units of a request with a key before its route runs: verifying the key, and recording its use. */
async function keyUses(plane: ControlPlane, equipped: readonly Awaited<ReturnType<typeof equip>>[]) {
  const meter = metered(plane);
  const use = (minutes: number) =>
    meter.of(async () => {
      for (const { ctx, presented } of equipped) {
        const { key } = await letIn(ctx.scope, presented, later(minutes));
        await noteKeyUse({ ...ctx, now: later(minutes) }, key);
      }
    });
  await use(0);
  return { again: (await use(30)) / count, hourly: (await use(61)) / count };
}

/** Units of the canary's requests that succeed; refused ones cost nothing. */
async function canary(plane: ControlPlane, engine: string): Promise<number> {
  const way = await startMeteredEngine(engine);
  Object.assign(process.env, { AWS_ENDPOINT_URL_DYNAMODB: way.endpoint, AWS_REGION: 'eu-central-1' });
  const credentials = async () => ({ accessKeyId: 'bench', secretAccessKey: 'bench' });
  try {
    const calls = await way.meter(async () => {
      for (const probe of PROBES) {
        const own = openUnguarded(plane.table, probe, credentials);
        for (const one of own.ways) await own.ask(one, probe);
      }
    });
    return calls.reduce((sum, { units }) => sum + units, 0);
  } finally {
    await way.stop();
  }
}

/** An organization with keys, webhooks and reminders compared with one that has none. */
export async function costsOfUse(): Promise<{ readonly uses: readonly UseCost[]; readonly canary: number }> {
  const { plane, endpoint, stop } = await startControlPlane();
  try {
    const organizations: Organization[] = [];
    for (let one = 0; one < count; one += 1) organizations.push(await organizationOf(plane, `Used${one}`));
    const without = await everyones(plane, organizations, 0);
    const equipped = [];
    for (const one of organizations) equipped.push(await equip(one));
    const having = await everyones(plane, organizations, 5);
    if (without.woken !== 0 || having.woken !== 1) throw new Error('the sender was asked for the wrong ones');
    const events = await send(plane, organizations, later(600));
    const message = events.units / events.sent;
    const { file, look } = await files(plane, organizations, later(600));
    const { again, hourly } = await keyUses(plane, equipped);
    const { without: none, morning, hour } = await mornings(plane, organizations, later(7 * 1440));
    return {
      canary: await canary(plane, endpoint),
      uses: [
        { what: 'an entry of its audit log, of three at once', without: without.entry, having: having.entry },
        { what: 'what comes by in an hour', without: without.hour, having: having.hour },
        {
          what: 'a person’s request, before it does anything',
          without: without.request,
          having: having.request,
        },
        { what: 'an event told to its webhook', without: 0, having: message },
        { what: 'a file of its audit log put into its bucket', without: 0, having: file },
        { what: 'a look for a file, when there is none', without: 0, having: look },
        { what: 'a morning with a check-in due, and its email', without: none, having: morning },
        { what: 'another hour with reminders on', without: none, having: hour },
        { what: 'a request with its key, before it does anything', without: 0, having: again },
        { what: 'the first of an hour', without: 0, having: hourly },
      ],
    };
  } finally {
    await stop();
  }
}
