import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'kpi.created': ({ who, it }) => sentence`${who} created the KPI ${it}`,
      'kpi.restored': ({ who, it }) => sentence`${who} restored the KPI ${it}`,
      'kpi.assessed': ({ who, it }) => sentence`${who} updated their confidence in ${it}`,
      'kpi.deleted': ({ who, it }) => sentence`${who} deleted the KPI ${it}`,
      'check-in.created': ({ who, it, now }) => sentence`${who} checked in ${now('value')} for ${it}`,
      'check-in.corrected': ({ who, it, was, now, differs }) =>
        differs('value')
          ? sentence`${who} corrected a check-in for ${it} from ${was('value')} to ${now('value')}`
          : sentence`${who} edited the comment of a check-in for ${it}`,
      'check-in.undone': ({ who, it, was }) =>
        sentence`${who} undid the check-in of ${was('value')} for ${it}`,
      'check-in.expired': ({ it }) => sentence`A check-in for ${it} was deleted along with the KPI`,
    },
    fields: {
      unit: 'the unit',
      direction: 'the direction',
      baseline: 'the starting value',
      target: 'the target',
      'target.low': 'the lower limit',
      'target.high': 'the upper limit',
      period: 'the period',
      start: 'the start date',
      end: 'the end date',
      owner: 'the owner',
      assigneeIds: 'the reporters',
    },
  },
  de: {
    actions: {
      'kpi.created': ({ who, it }) => sentence`${who} hat den KPI ${it} erstellt`,
      'kpi.restored': ({ who, it }) => sentence`${who} hat den KPI ${it} wiederhergestellt`,
      'kpi.assessed': ({ who, it }) => sentence`${who} hat die Einschätzung zu ${it} geändert`,
      'kpi.deleted': ({ who, it }) => sentence`${who} hat den KPI ${it} gelöscht`,
      'check-in.created': ({ who, it, now }) => sentence`${who} hat ${now('value')} für ${it} eingetragen`,
      'check-in.corrected': ({ who, it, was, now, differs }) =>
        differs('value')
          ? sentence`${who} hat einen Check-in für ${it} von ${was('value')} auf ${now('value')} korrigiert`
          : sentence`${who} hat den Kommentar zu einem Check-in für ${it} bearbeitet`,
      'check-in.undone': ({ who, it, was }) =>
        sentence`${who} hat den Check-in mit dem Wert ${was('value')} für ${it} rückgängig gemacht`,
      'check-in.expired': ({ it }) => sentence`Ein Check-in für ${it} wurde mit dem KPI gelöscht`,
    },
    fields: {
      unit: 'die Einheit',
      direction: 'die Richtung',
      baseline: 'den Startwert',
      target: 'den Zielwert',
      'target.low': 'die Untergrenze',
      'target.high': 'die Obergrenze',
      period: 'den Zeitraum',
      start: 'den Beginn',
      end: 'das Ende',
      owner: 'die Verantwortung',
      assigneeIds: 'die Zuständigen',
    },
  },
};
