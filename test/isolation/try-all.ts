import { setTimeout as pause } from 'node:timers/promises';
import { askingOf } from '../access/ask.ts';
import { stateOf } from '../access/states.ts';
import { changedKeys } from '../access/victim.ts';
import type { Ids } from '../access/world.ts';
import { inParallel } from '../attack/tally.ts';
import type { Answer } from '../support/product.ts';
import { type Attempt, type Cell, cellsOf } from './attempts.ts';
import { isFinding, judge, type Outcome } from './judge.ts';
import type { Configuration } from './layers.ts';
import type { Stage } from './stage.ts';
import { victimHeader } from './victim-header.ts';

/** The outcomes of all attempts with some layers active. */
export interface Tried {
  readonly configuration: Configuration;
  readonly outcomes: ReadonlyMap<Attempt, Outcome>;
  /** How many items the attacked organization has. */
  readonly items: number;
  /** Keys of its items that have changed. */
  readonly changed: readonly string[];
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Reads come first and removals last, children before their parents, so that in the control each finds its
 * target.
 */
const inOrder = (attempts: readonly Attempt[]) =>
  attempts.toSorted(
    (a, b) =>
      methods.indexOf(a.route.method) - methods.indexOf(b.route.method) ||
      b.route.path.length - a.route.path.length,
  );

/**
 * The attempts that are meaningful with only some layers active. The platform's routes serve all
 * organizations by design: only our code decides who may call them. Requests without a session never reach
 * a lower layer.
 */
const isTold = ({ on }: Pick<Configuration, 'on'>, { route, by }: Attempt): boolean =>
  on.includes('code') || (route.access.kind === 'organization' && by !== 'nobody');

/**
 * The ETag for a change: that of the other organization's resource, which only the control changes, or that
 * of the caller's own, if the body contains the foreign ids.
 */
async function meantState(
  { product, prepared: { world, states } }: Stage,
  isControl: boolean,
  { target, route: { path } }: Attempt,
): Promise<string | undefined> {
  const known = states.get(path);
  if (known === undefined) return undefined;
  if (target === 'id in the body') return await stateOf(product, world, { whose: 'own', path });
  return isControl ? await stateOf(product, world, { whose: 'foreign', path }) : known;
}

/**
 * Makes every attempt with a configuration's layers active, and compares the attacked organization's data.
 */
export async function tryAll(
  stage: Stage,
  configuration: Configuration,
  chosen: (attempt: Attempt) => boolean = () => true,
): Promise<Tried> {
  const { product, prepared, victim } = stage;
  const { world } = prepared;
  await stage.switchTo(configuration);
  const before = await victim.dump();
  // Only the control changes states.
  const isControl = configuration.on.length === 0;
  const { ask } = askingOf({ ...product, api: product.request });
  const asked = async (attempt: Attempt, ids: Ids): Promise<Answer> => {
    const { name, route, by, query, body, headers } = attempt;
    const state = await meantState(stage, isControl, attempt);
    const once = async () =>
      ask(name, route, ids, {
        token: by === 'nobody' || by === 'API key' ? undefined : await world.token(by),
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body }),
        headers: {
          ...(state === undefined ? {} : { 'if-match': state }),
          ...(by === 'API key' ? { authorization: `Bearer ${world.apiKey}` } : {}),
          [victimHeader]: `${world.foreign.organizationId} ${world.foreign.userId}`,
          ...headers,
        },
      });
    let answer = await once();
    for (let tries = 0; answer.status === 429 && tries < 70; tries += 1) {
      await pause(1000);
      answer = await once();
    }
    return answer;
  };
  const cells: readonly Cell[] = cellsOf(prepared);
  const attempts = cells
    .flatMap((cell) => cell.attempts)
    .filter((one) => isTold(configuration, one) && chosen(one));
  const answers = new Map<Attempt, { readonly answer: Answer; readonly absent: Answer | undefined }>();
  await inParallel(inOrder(attempts), isControl ? 1 : 6, async (attempt) => {
    const answer = await asked(attempt, attempt.ids);
    const absent = isConcealed(configuration, attempt)
      ? await asked(attempt, absentIds(attempt, world))
      : undefined;
    answers.set(attempt, { answer, absent });
  });
  const after = await victim.dump();
  const log = await stage.logged();
  const outcomes = new Map(
    [...answers].map(([attempt, { answer, absent }]) => {
      const line = log.get(String(answer.body?.requestId));
      return [
        attempt,
        judge(configuration, { attempt, answer, absent, secrets: victim.secrets, line }),
      ] as const;
    }),
  );
  return { configuration, outcomes, items: before.size, changed: changedKeys(before, after) };
}

/** Whether the response must be the same as for a nonexistent id. */
const isConcealed = ({ id }: Configuration, { by, route, query, body, headers }: Attempt): boolean =>
  id === 'all' &&
  by !== 'nobody' &&
  route.access.kind === 'organization' &&
  (query ?? body ?? headers) === undefined;

/** The same path with nonexistent ids in place of the foreign ones. */
const absentIds = ({ ids }: Attempt, { foreign, absent }: Stage['prepared']['world']): Ids =>
  Object.fromEntries(
    Object.entries(ids).map(([name, id]) => [name, id === foreign[name] ? (absent[name] ?? id) : id]),
  );

/** The finding, as text. The control is expected to get through. */
export function findingsOf({ configuration, outcomes, changed }: Tried): string[] {
  if (configuration.on.length === 0) return [];
  return [
    ...[...outcomes].flatMap(([{ name, by, target, what }, { verdict, status, evidence = '' }]) =>
      isFinding(verdict)
        ? [`${configuration.title}: ${name} as ${by}, ${target} (${what}): ${verdict}, ${status} ${evidence}`]
        : [],
    ),
    ...changed.map((key) => `${configuration.title}: changed ${key}`),
  ];
}
