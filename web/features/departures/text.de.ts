import type { departureRefusals } from '../../../domain/departure/departure.refusals.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'Austritte',
  text: 'Organisationen, die austreten, und solche, die ausgetreten sind.',
  none: 'Keine Organisation tritt aus',
  noneText: 'Einen Austritt beginnen Sie in den Einstellungen einer Organisation.',
  organization: 'Organisation',
  stage: 'Stand',
  frozen: 'Eingefroren',
  deletion: 'Löschung ab',
  stages: {
    grace: 'Eingefroren',
    deleting: 'Wird gelöscht',
    deleted: 'Gelöscht',
    undone: 'Rückgängig gemacht',
  },
  start: 'Austritt beginnen',
  startText:
    'Friert die Organisation ein: Ihre Mitglieder können weiterhin alles lesen, aber niemand kann etwas ändern. Die Daten werden exportiert und können nach der Frist gelöscht werden. Bis die Löschung beginnt, können Sie das rückgängig machen.',
  startTitle: (name) => `Austritt von ${name} beginnen?`,
  startNow: 'Einfrieren und exportieren',
  typeName: (name) => `Geben Sie zur Bestätigung ${name} ein`,
  reason: 'Grund',
  reasonHint: 'Sichtbar für Super-Admins. Er bleibt im Audit-Log der Plattform.',
  days: 'Frist in Tagen',
  started: (name) => `Austritt von ${name} begonnen`,
  isLeaving: (day) => `Diese Organisation tritt aus. Ihre Daten können ab ${day} gelöscht werden.`,
  see: 'Austritt ansehen',
  steps: 'Ablauf',
  frozenSince: (since, by) => `Eingefroren seit ${since} von ${by}`,
  graceUntil: (day) => `Frist bis ${day}`,
  graceOver: (day) => `Die Frist endete am ${day}`,
  undone: 'Rückgängig gemacht. Die Organisation arbeitet wie zuvor.',
  undo: 'Austritt rückgängig machen',
  undoText: 'Die Mitglieder der Organisation können sofort wieder alles ändern.',
  wasUndone: (name) => `${name} bleibt`,
  notice: (day) => `Ihre Organisation tritt aus. Bis ${day} können Sie alles lesen, aber nichts ändern.`,
};

export const trail: typeof english.trail = {
  actions: {
    'departure.started': 'Austritt begonnen',
    'departure.undone': 'Austritt rückgängig gemacht',
    'departure.deletion-started': 'Löschung der Daten einer Organisation begonnen',
    'departure.completed': 'Daten einer Organisation gelöscht',
  },
  fields: {
    departing: 'Organisation',
    stage: 'Stand',
    frozenAt: 'Eingefroren',
    deletionFrom: 'Löschung ab',
    approvalId: 'Freigabe',
    deletionStartedAt: 'Löschung begonnen',
    deletedAt: 'Gelöscht',
    certificate: 'Nachweis',
    reason: 'Grund',
  },
  values: {
    stage: {
      grace: 'eingefroren',
      deleting: 'wird gelöscht',
      deleted: 'gelöscht',
      undone: 'rückgängig gemacht',
    },
  },
};

export const refusals: Readonly<Record<keyof typeof departureRefusals, string>> = {
  departure_not_found: 'Diese Organisation tritt nicht aus.',
  leaving_already: 'Der Austritt dieser Organisation hat bereits begonnen.',
  departure_over:
    'Das lässt sich nicht mehr rückgängig machen: Die Daten werden gelöscht, oder es wurde bereits rückgängig gemacht.',
};
