import type { Judgment, PolicyEvaluation } from './policies.ts';

const reads = ['GetItem', 'BatchGetItem', 'ConditionCheckItem', 'Query'];
const itemActions = [...reads, 'PutItem', 'UpdateItem', 'DeleteItem'];

/** The functions fed by the table's stream. */
const consumers = ['audit-writer', 'event-publisher'];

/** The access events on the platform that functions put under their own roles. */
const eventsOf: Readonly<Record<string, readonly string[]>> = {
  admin: ['access', 'access#refused', 'access#exported', 'access#usage-run'],
  support: ['access', 'access#refused'],
  organization: ['access#elsewhere'],
};

/** What makes a super admin. Sessions for the platform have a test: `test/infra/tenant-role.test.ts`. */
const platformsPeople = ['platform#user', 'platform#invitation', 'platform#approval'];

/** What must never be allowed, whatever a role is for: a sentence about each such decision. */
export function wrongWith({ role, action, on, of, key }: Judgment, isSession: boolean): string | null {
  const what = `${role} may ${action} ${on}${key === null ? '' : ` ${key}`}`;
  if (on === 'stream')
    return consumers.includes(role) ? null : `${what}: it reads every organization’s changes`;
  if (of === 'no key') return `${what}: whatever it touches, no partition limits it`;
  if (!itemActions.includes(action)) return `${what}: the product needs no such operation`;
  if (/^[^#]+#audit#/.test(key ?? '') && !reads.includes(action)) {
    // Deleting an organization's data, which two people approve, includes its entries.
    if (role === 'removals' && action === 'DeleteItem') return null;
    // Erasing people from entries appends to the tree first.
    if (role === 'erasures' && action === 'UpdateItem') return null;
    if (action !== 'PutItem') return `${what}: entries are never changed`;
    if (role !== 'audit-writer') return `${what}: only the writer puts entries`;
  }
  if (/^[^#]+#access(?:#|$)/.test(key ?? '') && !reads.includes(action)) {
    if (role === 'removals' && action === 'DeleteItem') return null;
    if (action !== 'PutItem') return `${what}: access events are never changed`;
    const kind = key?.slice(key.indexOf('#') + 1) ?? '';
    if (!isSession && !eventsOf[role]?.includes(kind)) return `${what}: its callers cause no such event`;
    if (!isSession && !key?.startsWith('platform#')) return `${what}: only a session puts those`;
  }
  if (platformsPeople.includes(key ?? '') && !isSession && !reads.includes(action) && role !== 'approvals')
    return `${what}: only approvals makes super admins`;
  // A session for one organization.
  if (isSession && of !== 'own' && of !== 'own audit') return `${what}: a session for another organization`;
  if (isSession && on !== 'table' && on !== 'byMember') return `${what}: an index of the platform’s`;
  // The function that serves user requests: without a session, it can't read any organization's items.
  if (role === 'organization' && of !== 'platform') return `${what}: without a session for it`;
  return null;
}

/** Everything that a policy of the template wrongly allows. */
export function policyFindings({ roles, judgments }: PolicyEvaluation): string[] {
  const sessions = new Set(roles.filter(({ isSession }) => isSession).map(({ name }) => name));
  return judgments.flatMap((judgment) => {
    const wrong = judgment.isAllowed ? wrongWith(judgment, sessions.has(judgment.role)) : null;
    return wrong === null ? [] : [wrong];
  });
}
