const at = '2026-01-02T03:04:05.000Z';

/** A pending request of another super admin, by default. */
export const approval = (changes: object = {}) => ({
  id: 'apr_01KB2WF6H8K0M2P4R6T8V0X2Z4',
  kind: 'super-admin.create',
  input: { email: 'grace@example.com', name: 'Grace Hopper' },
  touches: { 'email/grace@example.com': 0 },
  hash: 'f'.repeat(64),
  reason: 'She takes over support.',
  status: 'waiting',
  requestedBy: { userId: 'user_9', name: 'Bea Beacon', factor: 'second', at },
  openUntil: '2099-01-01T00:00:00.000Z',
  revision: 1,
  createdAt: at,
  updatedAt: at,
  ...changes,
});

/** The viewer. */
export const own = { requestedBy: { userId: 'user_1', name: 'Ada Lovelace', factor: 'second', at } };

export const wholeFeed = {
  kind: 'audit-feed.export',
  input: { format: 'jsonl', from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T23:59:59.999Z' },
};
