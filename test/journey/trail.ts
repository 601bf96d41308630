import type { TestProduct } from '../support/product.ts';
import { consumersRest } from '../support/seeded-state.ts';
import type { walk } from './journey.ts';

interface Entry {
  readonly id: string;
  readonly timestamp: string;
  readonly resource: string;
  readonly [field: string]: unknown;
}

type Journey = Awaited<ReturnType<typeof walk>>;

const marker = /^unknown\/step-(\d+)$/;

/** Every entry since the journey's first step, oldest first: ids sort in the order of the changes. */
async function entriesOf(product: TestProduct, { superAdmin }: Journey): Promise<Entry[]> {
  await consumersRest(product.origin);
  const entries: Entry[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await superAdmin.read(`/api/admin/audit?limit=100${cursor}`);
    entries.push(...body.items);
    if (body.nextCursor === null || entries.some(({ resource }) => resource === 'unknown/step-001')) break;
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
  return entries.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Values that differ from run to run, by pattern. */
const passing: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>'],
  [/"requestId":"(?!journey)[^"]+"/g, '"requestId":"<request>"'],
  [/"(ip|userAgent)":"[^"]+"/g, '"$1":"<$1>"'],
  [/sess_\w+/g, '<session>'],
  // A team member's revision is its creation time, and counts from there.
  [/"revision":1\d{12}/g, '"revision":"<from a time>"'],
  [/usage-run\/[^"]+/g, 'usage-run/<hour>'],
];

/** The table returns map members in any order. */
const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** An entry as text, without values that differ from run to run. */
function textOf({ id: _, timestamp: __, ...entry }: Entry, names: ReadonlyMap<string, string>): string {
  let text = JSON.stringify(entry, sorted);
  for (const [id, name] of names) text = text.replaceAll(id, name);
  for (const [pattern, word] of passing) text = text.replaceAll(pattern, word);
  return text;
}

/**
 * A journey's audit log as text: under each step its entries, one per line, sorted as text, since the order
 * within a transaction is tested elsewhere.
 */
export async function trailOfJourney(product: TestProduct, journey: Journey): Promise<string> {
  const steps: { readonly title: string; readonly entries: string[] }[] = [];
  for (const entry of await entriesOf(product, journey)) {
    const [, number] = marker.exec(entry.resource) ?? [];
    if (number === undefined) steps.at(-1)?.entries.push(textOf(entry, journey.names));
    else steps.push({ title: `${number} ${journey.titles[Number(number) - 1]}`, entries: [] });
  }
  const lines = steps.flatMap(({ title, entries }) => [`# ${title}`, ...entries.sort(), '']);
  return `${lines.join('\n').trim()}\n`;
}
