import type { KpiId, UserId } from '../ids.ts';
import { acts, item, noun, optional, text, timeToLive } from '../table/item.ts';
import { memberIndex } from '../table/layout.ts';
import type { InitiativeId, InitiativeStatus } from './initiative.schema.ts';

/** What a team does to move a KPI. The initiatives of a KPI are one query, as are those of a team. */
export const InitiativeItem = item({
  name: 'initiative',
  partOf: 'kpi',
  key: ['{organizationId}#initiative#{kpiId}', '{initiativeId}'],
  shown: {
    kpiId: text<KpiId>(),
    initiativeId: text<InitiativeId>(),
    title: text(),
    ownerId: text<UserId>(),
    dueDate: text(),
    status: text<InitiativeStatus>(),
    notes: optional(text()),
    createdBy: text(),
  },
  hidden: {
    /** The KPI's owner, as stored there. */
    holder: text(),
    /** Set once the KPI is deleted. */
    expiresAt: optional(timeToLive()),
  },
  places: {
    byHolder: { index: memberIndex, key: ['{organizationId}#{holder}', 'initiative#{initiativeId}'] },
  },
  trail: {
    ...acts({
      'never: creation': ['initiative.created'],
      'puts back': ['initiative.updated'],
      'brings back': ['initiative.deleted'],
      'takes away': ['initiative.restored'],
      'never: expiry': ['initiative.expired'],
    }),
  },
});

export const initiativeNoun = noun({
  name: 'initiative',
  subjects: ['Initiative'],
  items: [InitiativeItem],
});
