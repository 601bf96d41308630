import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walk } from '../journey/journey.ts';
import { trailOfJourney } from '../journey/trail.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct({ webhooks: 'hold' });
});
afterAll(() => product.stop());

/** Every action of the audit log, except those caused by expiry. */
const actions = [
  ...['session.started', 'access.refused', 'audit.exported', 'usage-run.requested'],
  ...['organization.created', 'organization.updated', 'organization.deactivated', 'organization.reactivated'],
  ...['subscription.changed', 'user.joined', 'user.role-changed', 'user.deactivated', 'user.reactivated'],
  ...['user.identity-changed', 'user.account-deleted', 'user.removed'],
  ...['invitation.created', 'invitation.sent', 'invitation.renewed', 'invitation.revoked'],
  ...[
    'invitation.accepted',
    'invitation.expired',
    'invitation.delivery-failed',
    'invitation.member-elsewhere',
  ],
  ...['team.created', 'team.updated', 'team.deleted'],
  ...['team.member-added', 'team.member-removed', 'team.member-role-changed'],
  ...['kpi.created', 'kpi.updated', 'kpi.deleted', 'check-in.created', 'check-in.corrected'],
  ...['initiative.created', 'initiative.updated', 'initiative.deleted'],
  ...['import.started', 'import.applied', 'import.undoing-started', 'import.undone'],
];

describe('a journey through every audited action', () => {
  it('leaves the trail that it always left, entry by entry', async () => {
    const trail = await trailOfJourney(product, await walk(product));
    for (const action of actions) expect(trail).toContain(`"action":"${action}"`);
    await expect(trail).toMatchFileSnapshot('../journey/trail.jsonl');
  });
});
