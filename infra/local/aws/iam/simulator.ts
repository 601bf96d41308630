import { runSimulation } from '@cloud-copilot/iam-simulate';

/** One question to IAM: may this principal do this, under these policies? */
export interface Question {
  /** ARN of a role, of an assumed role's session, or a service principal such as `scheduler.amazonaws.com`. */
  readonly principal: string;
  readonly account: string;
  /** e.g. `dynamodb:GetItem`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request; lists only for the keys that IAM defines as lists. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly identityPolicies: readonly NamedPolicy[];
  /** The resource's own policy: for a role, its trust policy. */
  readonly resourcePolicy?: unknown;
}

export interface NamedPolicy {
  readonly name: string;
  readonly document: unknown;
}

export type Decision = 'allowed' | 'explicit deny' | 'no allow';

/**
 * Evaluates policies as IAM does. The only file that knows the simulator, `@cloud-copilot/iam-simulate`: it is AGPL-3.0 and
 * serves development only, so nothing of it may reach a deployed asset.
 */
export async function decide(question: Question): Promise<Decision> {
  const { principal, action, resource, account, context } = question;
  const contextVariables = Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );
  const result = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId: account }, contextVariables },
      identityPolicies: question.identityPolicies.map(({ name, document }) => ({ name, policy: document })),
      resourcePolicy: question.resourcePolicy,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    { simulationMode: 'Strict' },
  );
  if (result.resultType === 'error')
    throw new Error(`IAM can't judge ${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  switch (result.overallResult) {
    case 'Allowed':
      return 'allowed';
    case 'ExplicitlyDenied':
      return 'explicit deny';
    case 'ImplicitlyDenied':
      return 'no allow';
  }
}
