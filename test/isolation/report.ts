import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import type { Prepared } from './attempts.ts';
import { type Attempt, type Cell, cellsOf, targets } from './attempts.ts';
import { isReached, type Outcome } from './judge.ts';
import { type ConfigurationId, configurations, layers } from './layers.ts';
import { type PolicyEvaluation, partitionClasses } from './policies.ts';
import { policyFindings } from './policy-findings.ts';
import { findingsOf, type Tried } from './try-all.ts';

/** An attempt with its outcomes, by active layers. */
export interface ReportedAttempt extends Pick<Attempt, 'by' | 'target' | 'what'> {
  readonly outcomes: Partial<Record<ConfigurationId, Outcome>>;
}

export interface ReportedRoute {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly kind: string;
  /** Cells without an attempt, with the reason. */
  readonly notTried: readonly Pick<Cell, 'by' | 'target' | 'notTried'>[];
  readonly attempts: readonly ReportedAttempt[];
}

export interface ReportedConfiguration {
  readonly id: ConfigurationId;
  readonly title: string;
  readonly attempts: number;
  readonly refused: number;
  readonly stopped: number;
  readonly nothing: number;
  readonly findings: readonly string[];
  readonly items: number;
  readonly changed: number;
  /** For the control: how many attempts read or changed data of the attacked organization. */
  readonly reached: number;
}

/** A role's permissions for partitions of one class. */
export interface ReportedReach {
  readonly role: string;
  readonly isSession: boolean;
  readonly decisions: number;
  /** By class of partition: the actions that are allowed, and on which keys. */
  readonly allowed: readonly {
    readonly of: string;
    readonly on: string;
    readonly keys: string;
    readonly actions: string;
  }[];
}

export interface IsolationReport {
  readonly made: string;
  readonly commit: string;
  readonly layers: typeof layers;
  readonly targets: readonly string[];
  readonly configurations: readonly ReportedConfiguration[];
  readonly cells: number;
  readonly routes: readonly ReportedRoute[];
  readonly policies: {
    readonly decisions: number;
    readonly roles: readonly ReportedReach[];
    readonly findings: readonly string[];
  };
  /** All findings. */
  readonly findings: readonly string[];
}

const keyOf = ({ name, by, target, what }: Attempt) => [name, by, target, what].join('|');

function configurationOf(tried: Tried): ReportedConfiguration {
  const { configuration, outcomes, items, changed } = tried;
  const count = (verdict: Outcome['verdict']) =>
    [...outcomes.values()].filter((outcome) => outcome.verdict === verdict).length;
  return {
    id: configuration.id,
    title: configuration.title,
    attempts: outcomes.size,
    refused: count('refused'),
    stopped: count('stopped'),
    nothing: count('nothing'),
    findings: findingsOf(tried),
    items,
    changed: changed.length,
    reached:
      configuration.on.length === 0
        ? [...outcomes].filter(([attempt, outcome]) => isReached(attempt, outcome)).length
        : 0,
  };
}

const organization = /^org_\w{26}/;

function reachOf({ roles, judgments }: PolicyEvaluation): ReportedReach[] {
  return roles.map(({ name, isSession }) => {
    const own = judgments.filter(({ role }) => role === name);
    const rows = new Map<string, { of: string; on: string; actions: string; keys: Set<string> }>();
    for (const of of partitionClasses)
      for (const key of new Set(
        own.filter((one) => one.of === of).map((one) => `${one.on} ${one.key ?? ''}`),
      )) {
        const allowed = own.filter(
          (one) => one.of === of && one.isAllowed && `${one.on} ${one.key ?? ''}` === key,
        );
        const [first] = allowed;
        if (first === undefined) continue;
        const actions = allowed.map(({ action }) => action).join(', ');
        const row = rows.get(`${of} ${first.on} ${actions}`) ?? {
          of,
          on: first.on,
          actions,
          keys: new Set(),
        };
        row.keys.add((first.key ?? '–').replace(organization, '<org>'));
        rows.set(`${of} ${first.on} ${actions}`, row);
      }
    return {
      role: name,
      isSession,
      decisions: own.length,
      allowed: [...rows.values()].map(({ keys, ...row }) => ({ ...row, keys: [...keys].join(' ') })),
    };
  });
}

interface Evidence {
  readonly tried: readonly Tried[];
  readonly policies: PolicyEvaluation;
  /** The attackers' own data that contains foreign ids, as text. */
  readonly planted: readonly string[];
}

/** The report of all attempts and evaluations. */
export function reportOf(
  prepared: Prepared,
  { tried, policies, planted }: Evidence,
  { made, commit }: { readonly made: Date; readonly commit: string },
): IsolationReport {
  const cells = cellsOf(prepared);
  const outcomes = new Map<string, Partial<Record<ConfigurationId, Outcome>>>();
  for (const { configuration, outcomes: found } of tried)
    for (const [attempt, outcome] of found)
      outcomes.set(keyOf(attempt), { ...outcomes.get(keyOf(attempt)), [configuration.id]: outcome });
  const reported = Object.entries<Route>(routes).map(([name, { method, path, access }]): ReportedRoute => {
    const own = cells.filter((cell) => cell.name === name);
    return {
      name,
      method,
      path,
      kind: access.kind,
      notTried: own.flatMap(({ by, target, notTried }) =>
        notTried === undefined ? [] : [{ by, target, notTried }],
      ),
      attempts: own.flatMap(({ attempts }) =>
        attempts.map((attempt) => ({
          by: attempt.by,
          target: attempt.target,
          what: attempt.what,
          outcomes: outcomes.get(keyOf(attempt)) ?? {},
        })),
      ),
    };
  });
  const told = configurations.flatMap(({ id }) =>
    tried.filter(({ configuration }) => configuration.id === id),
  );
  const wrong = policyFindings(policies);
  const found = told.map(configurationOf);
  return {
    made: made.toISOString(),
    commit,
    layers,
    targets,
    configurations: found,
    cells: cells.length,
    routes: reported,
    policies: { decisions: policies.judgments.length, roles: reachOf(policies), findings: wrong },
    findings: [...found.flatMap(({ findings }) => findings), ...planted, ...wrong],
  };
}
