import type { initiativeRefusals } from '../../../domain/initiative/initiative.schema.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  all: 'Maßnahmen',
  title: 'Titel',
  kpi: 'KPI',
  ownerId: 'Verantwortlich',
  dueDate: 'Fällig',
  status: 'Status',
  statuses: { planned: 'Geplant', active: 'Läuft', done: 'Erledigt', dropped: 'Verworfen' },
  notes: 'Notizen',
  somebody: 'Jemand, den Sie nicht sehen',
  newOne: 'Neue Maßnahme',
  create: 'Anlegen',
  none: 'Noch keine Maßnahmen',
  noneText: 'Eine Maßnahme soll eine KPI bewegen. Angelegt wird sie auf der Seite der KPI.',
  edit: 'Bearbeiten …',
  editTitle: (title) => `${title} bearbeiten`,
  setTo: (status) => `Auf „${status}“ setzen`,
  delete: 'Löschen …',
  deleteTitle: (title) => `${title} löschen?`,
  deleteText: 'Das lässt sich nicht rückgängig machen. Das Protokoll behält, was getan wurde.',
  deleteNow: 'Löschen',
  deleted: (title) => `${title} wurde gelöscht.`,
  actionsOf: (title) => `Aktionen für ${title}`,
};

export const trail: typeof english.trail = {
  actions: {
    'initiative.created': 'Maßnahme angelegt',
    'initiative.deleted': 'Maßnahme gelöscht',
    'initiative.expired': 'Maßnahme mit ihrer KPI entfallen',
    'initiative.updated': 'Maßnahme geändert',
  },
  fields: {
    initiativeId: 'Maßnahme',
    title: 'Titel',
    ownerId: 'Verantwortlich',
    dueDate: 'Fällig',
    notes: 'Notizen',
  },
};

export const refusals: Readonly<Record<keyof typeof initiativeRefusals, string>> = {
  initiative_owner_not_found: 'Diese Person gibt es hier nicht, oder sie ist deaktiviert.',
};
