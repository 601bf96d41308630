import type { KpiId, UserId } from '../ids.ts';
import { acts, item, noun, number, optional, text } from '../table/item.ts';
import { memberIndex } from '../table/layout.ts';
import type { InitiativeId, InitiativeStatus } from './initiative.schema.ts';

/** What a team does to move a KPI. The initiatives of a KPI are one query, as are those of a team. */
export const InitiativeItem = item({
  name: 'initiative',
  partOf: 'kpi',
  key: ['{organizationId}#initiative#{kpiId}', '{initiativeId}'],
  attributes: {
    kpiId: text<KpiId>(),
    initiativeId: text<InitiativeId>(),
    title: text(),
    ownerId: text<UserId>(),
    dueDate: text(),
    status: text<InitiativeStatus>(),
    notes: optional(text()),
    createdBy: text(),
    /** The KPI's owner, as stored there. */
    holder: text(),
    /** Time to live, seconds since the epoch: set once the KPI is deleted. */
    expiresAt: optional(number()),
  },
  places: {
    byHolder: { index: memberIndex, key: ['{organizationId}#{holder}', 'initiative#{initiativeId}'] },
  },
  trail: {
    ...acts({
      'initiative.created': 'never: creation',
      'initiative.updated': 'puts back',
      'initiative.deleted': 'brings back',
      'initiative.restored': 'takes away',
      'initiative.expired': 'never: expiry',
    }),
    shows: ['kpiId', 'initiativeId', 'title', 'ownerId', 'dueDate', 'status', 'notes', 'createdBy'],
    hides: ['holder', 'expiresAt'],
  },
});

export const initiativeNoun = noun({
  name: 'initiative',
  subjects: ['Initiative'],
  items: [InitiativeItem],
});
