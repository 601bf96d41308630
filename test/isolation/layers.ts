import type { ReplaceableLayer } from './bundles.ts';

export type Layer = ReplaceableLayer | 'IAM';

interface LayerText {
  readonly title: string;
  /** What it is, and where. */
  readonly is: string;
  /** How the harness switches it off. */
  readonly off: string;
}

/** The three layers that keep organizations apart, and how each is switched off, for readers. */
export const layers: Readonly<Record<Layer, LayerText>> = {
  code: {
    title: 'Code',
    is: 'The session, the access rules and the repositories: who the caller is, what their role may do, and keys that can only be built for the organization they were let into (functions/http/steps/open-session.ts, domain/access, domain/table/scope.ts).',
    off: 'functions/http/steps/open-session.ts is replaced in the bundle by test/isolation/switched-off/open-session.ts, as if every check had failed at once: whoever is signed in is taken for an admin of the attacked organization, may do everything, and every key, cursor and idempotency key is made for that organization. Only the database client stays that of the caller’s own organization. Signing in itself is not switched off.',
  },
  guard: {
    title: 'Guard',
    is: 'A check inside the database client of each organization: it refuses a command whose keys, index keys, cursor or values leave the organization, and every operation it can’t judge (domain/table/guard.ts).',
    off: 'domain/table/guard.ts is replaced in the bundle by test/isolation/switched-off/guard.ts, which sends whatever it is given.',
  },
  IAM: {
    title: 'IAM',
    is: 'AWS itself: the credentials that a request works with reach only partitions that begin with the session tag organizationId (infra/constructs/tenant-role.ts). The local run evaluates the synthesized policies for each request.',
    off: 'The local run asks no policy: every action of every role is allowed, as if each policy said Allow * on *.',
  },
};

/** The layers that are active during the attempts. */
export interface Configuration {
  readonly id: 'all' | 'code' | 'guard' | 'IAM' | 'none';
  readonly title: string;
  readonly on: readonly Layer[];
}

/** `none` is the control: it shows that attempts succeed without any layer. */
export const configurations: readonly Configuration[] = [
  { id: 'all', title: 'all three layers', on: ['code', 'guard', 'IAM'] },
  { id: 'code', title: 'code alone', on: ['code'] },
  { id: 'guard', title: 'guard alone', on: ['guard'] },
  { id: 'IAM', title: 'IAM alone', on: ['IAM'] },
  { id: 'none', title: 'none (control)', on: [] },
];
export type ConfigurationId = Configuration['id'];
