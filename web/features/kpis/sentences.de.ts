import { type Sentences, sentence } from '../../text/sentence.ts';

export const sentences: Sentences = {
  actions: {
    'kpi.created': ({ who, it }) => sentence`${who} hat den KPI ${it} erstellt`,
    'kpi.deleted': ({ who, it }) => sentence`${who} hat den KPI ${it} gelöscht`,
    'check-in.created': ({ who, it, now }) => sentence`${who} hat ${now('value')} für ${it} gemeldet`,
    'check-in.corrected': ({ who, it, was, now, differs }) =>
      differs('value')
        ? sentence`${who} hat einen Wert von ${it} von ${was('value')} auf ${now('value')} korrigiert`
        : sentence`${who} hat die Notiz zu einem Wert von ${it} bearbeitet`,
    'check-in.expired': ({ it }) => sentence`Ein Wert von ${it} wurde mit dem KPI gelöscht`,
  },
  fields: {
    unit: 'die Einheit',
    direction: 'die Richtung',
    baseline: 'den Startwert',
    target: 'das Ziel',
    'target.low': 'die Untergrenze',
    'target.high': 'die Obergrenze',
    period: 'den Zeitraum',
    start: 'den Beginn',
    end: 'das Ende',
    owner: 'die Zuständigkeit',
    assigneeIds: 'die Mitwirkenden',
  },
};
