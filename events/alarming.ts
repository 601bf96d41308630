/** Logged by the audit writer for a change without a credible actor. An alarm counts these lines. */
export const unattributedChange = 'unattributed change';

/**
 * Logged by the audit writer for a change whose writer's time differs from the stream's. An alarm counts
 * these lines.
 */
export const misdatedChange = 'misdated change';

/** Logged by the hourly run for a user who is a member of two organizations. An alarm counts these lines. */
export const memberTwice = 'member of two organizations';

/**
 * Logged by a stream consumer for a record that it put into the failure bucket. An alarm counts these
 * lines.
 */
export const recordSetAside = 'record set aside';

/** Logged by the hourly check if the failure bucket isn't empty. An alarm counts these lines. */
export const failuresWaiting = 'failures waiting';

/** Logged by the canary if it has reached another organization. An alarm counts these lines. */
export const isolationCrossed = 'isolation crossed';

/** Logged by the canary for an attempt that neither succeeded nor was refused, and for a failed control. */
export const canaryUnclear = 'canary unclear';

/** Logged for an audit log that can't be sealed because it was tampered with. An alarm counts these lines. */
export const brokenTrail = 'trail broken';

/** Logged when a sole super admin requests an action that needs two: a waiting period starts. */
export const waitingAlone = 'a super admin who is alone waits to act';
