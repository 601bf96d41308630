import type { commentRefusals } from '../../../domain/comment/comment.schema.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  all: 'Kommentare',
  none: 'Noch keine Kommentare',
  noneText: 'Alle, die diesen KPI sehen, sehen seine Kommentare und können selbst einen schreiben.',
  label: 'Neuer Kommentar',
  add: 'Kommentieren',
  edit: 'Bearbeiten',
  editOf: (name) => `Ihren Kommentar bearbeiten: ${name}`,
  text: 'Kommentar',
  edited: 'Bearbeitet',
  delete: 'Löschen',
  deleteTitle: 'Diesen Kommentar löschen?',
  deleteText: 'Das lässt sich nicht rückgängig machen. Im Audit-Log bleibt es festgehalten.',
  deleteNow: 'Kommentar löschen',
  deleted: 'Kommentar gelöscht',
};

export const trail: typeof english.trail = {
  actions: {
    'comment.created': 'Kommentar geschrieben',
    'comment.updated': 'Kommentar bearbeitet',
    'comment.deleted': 'Kommentar gelöscht',
    'comment.expired': 'Kommentar mit seinem KPI gelöscht',
  },
  fields: { commentId: 'Kommentar', text: 'Text' },
};

export const refusals: Readonly<Record<keyof typeof commentRefusals, string>> = {
  comment_not_yours: 'Nur wer einen Kommentar geschrieben hat, kann ihn bearbeiten.',
};
