import type { initiativeRefusals } from '../../../domain/initiative/initiative.schema.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  all: 'Maßnahmen',
  title: 'Titel',
  kpi: 'KPI',
  ownerId: 'Verantwortlich',
  dueDate: 'Fällig',
  status: 'Status',
  statuses: { planned: 'Geplant', active: 'In Arbeit', done: 'Erledigt', dropped: 'Verworfen' },
  notes: 'Notizen',
  overdue: 'Überfällig',
  newOne: 'Neue Maßnahme',
  create: 'Maßnahme erstellen',
  none: 'Noch keine Maßnahmen',
  noneText: 'Mit einer Maßnahme bringt ein Team einen KPI voran. Erstellen Sie sie auf der Seite des KPI.',
  edit: 'Bearbeiten',
  editTitle: (title) => `${title} bearbeiten`,
  setTo: (status) => `Als „${status}“ markieren`,
  delete: 'Löschen',
  deleteTitle: (title) => `${title} löschen?`,
  deleteText: 'Admins können sie 30 Tage lang über das Audit-Log wiederherstellen.',
  deleteNow: 'Maßnahme löschen',
  deleted: (title) => `${title} gelöscht`,
  actionsOf: (title) => `Aktionen für ${title}`,
};

export const trail: typeof english.trail = {
  actions: {
    'initiative.created': 'Maßnahme erstellt',
    'initiative.deleted': 'Maßnahme gelöscht',
    'initiative.restored': 'Maßnahme wiederhergestellt',
    'initiative.expired': 'Maßnahme mit ihrem KPI gelöscht',
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
  initiative_owner_not_found: 'Diese Person wurde nicht gefunden oder ist deaktiviert.',
};
