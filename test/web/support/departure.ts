import { organizationId } from './render-app.tsx';

const at = '2026-01-02T03:04:05.000Z';

/** A departing organization, frozen and exported by default. */
export const departure = (changes: object = {}) => ({
  ...{ organizationId, name: 'Lighthouse', reason: 'They merge.', stage: 'grace', frozenAt: at },
  deletionFrom: '2099-01-01T00:00:00.000Z',
  startedBy: { id: 'user_1', name: 'Ada Lovelace' },
  ...{ revision: 1, createdAt: at, updatedAt: at },
  ...changes,
});
