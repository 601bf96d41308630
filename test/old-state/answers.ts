import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Answer, TestProduct } from '../support/product.ts';

/** A request of somebody, and what came back. */
const Recorded = z.object({
  caller: z.string(),
  path: z.string(),
  status: z.number(),
  type: z.string(),
  etag: z.nullable(z.string()),
  body: z.unknown(),
});
export type Recorded = z.infer<typeof Recorded>;

/** What the old code answered, and what its clock said then (ISO 8601). */
export const Answers = z.object({ clock: z.string(), answers: z.array(Recorded) });

/** Everything of a list: its pages one after the other, because cursors are signed with this run's secret. */
async function whole(ask: (path: string) => Promise<Answer>, path: string): Promise<Answer> {
  const first = await ask(path);
  const items: unknown[] = [...(first.body?.items ?? [])];
  let next: unknown = first.body?.nextCursor;
  while (typeof next === 'string') {
    const { body } = await ask(`${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`);
    items.push(...body.items);
    next = body.nextCursor;
  }
  return next === null ? { ...first, body: { items } } : first;
}

const Problem = z.looseObject({ code: z.string(), requestId: z.string() });

/**
 * A body as it is compared: lines of JSON as what they say, since the table gives the parts of a map in any
 * order.
 */
function comparable({ headers, body }: Answer): unknown {
  if (headers.get('content-type')?.startsWith('application/jsonl') === true)
    return String(body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const { success, data } = Problem.safeParse(body);
  if (!success) return body;
  // A refusal as it was: what names its sentence has come since.
  const { reason: _, params: __, ...problem } = data;
  return { ...problem, requestId: '' };
}

/** Asks somebody's request, and answers it as it is recorded: without its own id. */
async function askAs(product: TestProduct, token: string, caller: string, path: string): Promise<Recorded> {
  const answer = await whole((at) => product.api(at, { token }), path);
  const { status, headers } = answer;
  return {
    caller,
    path,
    status,
    type: headers.get('content-type') ?? '',
    etag: headers.get('etag'),
    body: comparable(answer),
  };
}

const atOnce = 4;

/** Asks many requests, some at the same time; the answers are in the order of the requests. */
export async function askAll(
  product: TestProduct,
  requests: readonly Pick<Recorded, 'caller' | 'path'>[],
): Promise<Recorded[]> {
  const tokens = new Map<string, string>();
  for (const { caller } of requests)
    if (!tokens.has(caller)) tokens.set(caller, await product.signIn(caller));
  const answers: Recorded[] = [];
  const waiting = [...requests.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { caller, path }] = next;
      answers[index] = await askAs(product, tokens.get(caller) ?? '', caller, path);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isRule = (value: unknown): boolean => isObject(value) && 'subject' in value && 'action' in value;

/** What a figure is called by which lists of figures are in order. */
const metricOf = (value: unknown): unknown => (isObject(value) ? Reflect.get(value, 'metric') : undefined);

/** Sentences for people, beside the code that programs go by: they may be said better since. */
const isSentence = (name: string, of: object): boolean =>
  (name === 'title' && ('code' in of || 'hint' in of)) || name === 'hint' || name === 'message';

const fieldsOf = (rule: unknown): unknown => (isObject(rule) ? Reflect.get(rule, 'fields') : undefined);

/** A rule with those of its fields that the other has. */
function withFieldsOf(rule: unknown, other: unknown): unknown {
  const [fields, known] = [fieldsOf(rule), fieldsOf(other)];
  if (!isObject(rule) || !Array.isArray(fields) || !Array.isArray(known)) return rule;
  return { ...rule, fields: fields.filter((field) => known.includes(field)) };
}

const rulesThere = (now: readonly unknown[], before: readonly unknown[]): readonly unknown[] =>
  now.flatMap((one) => before.find((rule) => isDeepStrictEqual(withFieldsOf(one, rule), rule)) ?? []);

function listWithoutAdditions(now: readonly unknown[], before: readonly unknown[]): readonly unknown[] {
  if (before.some(isRule)) return rulesThere(now, before);
  const metrics = before.map(metricOf);
  const known = metrics.includes(undefined) ? now : now.filter((one) => metrics.includes(metricOf(one)));
  if (known.length !== before.length) return now;
  return known.map((one, index) => withoutAdditions(one, before[index]));
}

/** A value without what one that was recorded has no place for: fields, figures and rules that came since. */
function withoutAdditions(now: unknown, before: unknown): unknown {
  if (Array.isArray(now) && Array.isArray(before)) return listWithoutAdditions(now, before);
  if (!isObject(now) || !isObject(before) || Array.isArray(now)) return now;
  return Object.fromEntries(
    Object.entries(now)
      .filter(([name]) => Object.hasOwn(before, name))
      .map(([name, value]) => {
        const old: unknown = Reflect.get(before, name);
        // Who needs attention is in the order of a score since decision 88.
        const isOther = isSentence(name, before) || name === 'attention';
        return [name, isOther ? old : withoutAdditions(value, old)];
      }),
  );
}

/**
 * Answers without what came since: what was there must be as it was, and there may be more of it. The order
 * is that of the recorded ones.
 */
export const withoutNewThings = (answers: readonly Recorded[], recorded: readonly Recorded[]): Recorded[] =>
  answers.map((answer, index) => ({
    ...answer,
    body: withoutAdditions(answer.body, recorded[index]?.body),
  }));
