import type { OrganizationId } from '../ids.ts';
import { backoff } from '../table/backoff.ts';
import type { CanaryReport } from './canary.schema.ts';

/** The outcome of a request. `answered`: it was authorized and found what it requested. */
export type Answer =
  | { readonly is: 'answered' | 'refused' }
  | { readonly is: 'empty' | 'failed'; readonly reason: string };

/** One organization's credentials, with every type of request to the table. */
export interface Opened {
  readonly organizationId: OrganizationId;
  /** The request types in order: the first writes what the others read. */
  readonly ways: readonly string[];
  /** Requests an organization's data in one of these ways. */
  ask(way: string, organizationId: OrganizationId): Promise<Answer>;
}

/** Controls are retried: an index shows a write with a delay. */
const attempts = 3;

async function control(own: Opened, way: string): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await own.ask(way, own.organizationId);
    if (answer.is === 'answered' || answer.is === 'refused' || attempt === attempts) return answer;
    await backoff(attempt + 3);
  }
}

const reasonOf = (answer: Answer): string => ('reason' in answer ? answer.reason : `It was ${answer.is}.`);

/**
 * Tries every way to reach each of two organizations from the other. A refusal only counts next to the same
 * request for the organization's own data, which must succeed: otherwise it would prove nothing.
 */
export async function tryCrossings(pair: readonly [Opened, Opened]): Promise<CanaryReport> {
  const report = { crossings: 0, refused: 0, controls: 0, answered: 0 };
  const crossed: CanaryReport['crossed'] = [];
  const unclear: CanaryReport['unclear'] = [];
  const [one, other] = pair;
  for (const own of pair)
    for (const way of own.ways) {
      report.controls += 1;
      const answer = await control(own, way);
      const from = own.organizationId;
      if (answer.is === 'answered') report.answered += 1;
      else unclear.push({ from, into: from, way, reason: reasonOf(answer) });
    }
  for (const [from, into] of [
    [one, other],
    [other, one],
  ] as const)
    for (const way of from.ways) {
      report.crossings += 1;
      const answer = await from.ask(way, into.organizationId);
      const attempt = { from: from.organizationId, into: into.organizationId, way, reason: reasonOf(answer) };
      if (answer.is === 'refused') report.refused += 1;
      else if (answer.is === 'failed') unclear.push(attempt);
      else crossed.push(attempt);
    }
  return { ...report, crossed, unclear };
}
