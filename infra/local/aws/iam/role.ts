import type { NamedPolicy } from './simulator.ts';

/** A role of the deployment, with every policy attached to it, resolved. */
export interface Role {
  readonly arn: string;
  /** AWS's unique id of a role, `AROA…`. */
  readonly id: string;
  readonly trustPolicy: unknown;
  readonly policies: readonly NamedPolicy[];
  readonly tags: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly maxSessionDuration: number;
}
