/**
 * `node test/old-state/record.ts`: fills a product with the example data and one of every kind of item, and
 * stores its state and its responses next to this file. The stored ones come from commit c936cbb and aren't
 * recorded again: they represent an older version.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { startProduct } from '../../infra/local/product.ts';
import { importLegacy } from '../journey/import-legacy.ts';
import { walk } from '../journey/journey.ts';
import { clientOf, type TestProduct } from '../support/product.ts';
import { consumersRest, seededState } from '../support/seeded-state.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { throwawayDirectory } from '../support/throwaway-directory.ts';
import { askAll, type Recorded } from './answers.ts';
import { folder, startOldProduct } from './old-product.ts';
import { everyRequest } from './requests.ts';

/** Runs the journey, and creates one of every kind of item that it doesn't leave. Returns the callers. */
async function fill(product: TestProduct): Promise<string[]> {
  const { superAdmin, place, people, runSchedules } = await walk(product);
  const path = `/api/admin/organizations/${place.id}`;
  const { revision } = (await superAdmin.read(path)).body;
  await superAdmin.send(200, { method: 'PATCH', path, body: { externalId: 'erp-9' }, revision });
  await importLegacy(product, 'apply');
  await runSchedules('Hourly');
  const admin = 'amara.abara@northwind.example';
  const token = await product.signIn(admin);
  const { organization } = (await product.api('/api/me', { token })).body;
  const oneOf = async (role: string): Promise<string> => {
    const list = `/api/organizations/${organization.id}/users?role=${role}&limit=1`;
    return (await product.api(list, { token })).body.items[0].email;
  };
  const ofNorthwind = [admin, await oneOf('team_leader'), await oneOf('team_member')];
  const callers = [superAdmin.email, ...ofNorthwind, place.admin.email, people.otto.email, people.bob.email];
  // A user's first request of the day is recorded: do that beforehand.
  for (const email of callers) {
    const own = await product.signIn(email);
    const me = (await product.api('/api/me', { token: own })).body;
    await product.api(`/api/organizations/${me.organization.id}/teams`, { token: own });
  }
  await consumersRest(product.origin);
  return callers;
}

/** Stores a file of the state with maximum compression. */
function keep(name: string, content: Buffer | string): void {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  writeFileSync(join(folder, `${name.replace('/', '-')}.br`), brotliCompressSync(content, { params }));
}

/** The database without its stream records, which have been read and expire after a day anyway. */
function slimDatabase(file: string): Buffer {
  const database = new DatabaseSync(file);
  database.exec('DELETE FROM _stream_records; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);');
  database.close();
  return readFileSync(file);
}

/** Requests for different items have the same kind, and so have the same refusals of different queries. */
function kindOf({ caller, path, status }: Recorded): string {
  const [address = ''] = path.split('?');
  return `${caller} ${status} ${(status === 200 ? path : address).replaceAll(/(team|kpi|user)_\w+/g, '$1')}`;
}

/** As many responses of a kind as there are variants: lists already contain all items. */
function fewOfEach(answers: readonly Recorded[]): Recorded[] {
  const most = ({ status }: Recorded) => (status === 200 ? 2 : 1);
  const kinds = Map.groupBy(answers, kindOf);
  return [...kinds.values()].flatMap((some) => some.filter((answer, index) => index < most(answer)));
}

/** The next quarter past or to an hour: no schedule is due in the minutes after that. */
function quietMinute(now: Date): Date {
  const half = 30 * 60_000;
  return new Date(Math.ceil((now.getTime() - half / 2) / half) * half + half / 2);
}

const stateDirectory = mkdtempSync(join(throwawayDirectory(), 'mtcms-old-state-'));
cpSync(await seededState(), stateDirectory, { recursive: true });
const filled = await startProduct({ port: 0, stateDirectory, webhooks: 'hold' });
const stop = () => filled.stop();
const callers = await fill({ ...filled, ...clientOf(filled), problems: [], stateDirectory, stop }).finally(
  stop,
);
keep('dynamodb.db', slimDatabase(join(stateDirectory, 'dynamodb.db')));
keep('clerk/state.json', readFileSync(join(stateDirectory, 'clerk/state.json')));
rmSync(stateDirectory, { recursive: true });

const made = new Date();
await delay(2000);
const clock = quietMinute(made);
const shift = clock.getTime() - Date.now();
shiftClock(shift);
const product = await startOldProduct(shift);
try {
  const requests = await everyRequest(product, callers, made.toISOString());
  const answers = fewOfEach(await askAll(product, requests));
  keep('answers.json', JSON.stringify({ clock: clock.toISOString(), answers }));
  const statuses = Object.groupBy(answers, ({ status }) => status);
  for (const [status, some] of Object.entries(statuses)) console.log(`${some?.length} answers of ${status}`);
} finally {
  await product.stop();
}
