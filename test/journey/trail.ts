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

/**
 * Every entry since the journey's first step, oldest first: ids begin with the order in
 * which the changes were made.
 */
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

/** What differs from run to run, by the pattern it has. */
const passing: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>'],
  [/"requestId":"(?!journey)[^"]+"/g, '"requestId":"<request>"'],
  [/"(ip|userAgent)":"[^"]+"/g, '"$1":"<$1>"'],
  [/sess_\w+/g, '<session>'],
  // A team member's revision is the time at which it came to be, and counts from there.
  [/"revision":1\d{12}/g, '"revision":"<from a time>"'],
  [/usage-run\/[^"]+/g, 'usage-run/<hour>'],
];

/** The table gives the parts of a map in any order. */
const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** An entry as text, without what differs from run to run. */
function textOf({ id: _, timestamp: __, ...entry }: Entry, names: ReadonlyMap<string, string>): string {
  let text = JSON.stringify(entry, sorted);
  for (const [id, name] of names) text = text.replaceAll(id, name);
  for (const [pattern, word] of passing) text = text.replaceAll(pattern, word);
  return text;
}

/**
 * The trail that a journey has left, as text: under each step its entries, one a line, sorted as
 * text: that those of one transaction are told in order is tested elsewhere.
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
