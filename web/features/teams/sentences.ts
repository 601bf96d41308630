import { type SentencesByLanguage, sentence } from '../../text/sentence.ts';

export const sentences: SentencesByLanguage = {
  en: {
    actions: {
      'team.created': ({ who, it }) => sentence`${who} created the team ${it}`,
      'team.restored': ({ who, it }) => sentence`${who} restored the team ${it}`,
      'team.deleted': ({ who, it }) => sentence`${who} deleted the team ${it}`,
      'team.member-added': ({ who, it, isSelf, now, stored }) => {
        if (isSelf) return sentence`${it} joined ${now('teamId')}`;
        if (stored('role') === 'leader') return sentence`${who} added ${it} to ${now('teamId')} as lead`;
        return sentence`${who} added ${it} to ${now('teamId')}`;
      },
      'team.member-removed': ({ who, it, isSelf, now }) =>
        isSelf ? sentence`${it} left ${now('teamId')}` : sentence`${who} removed ${it} from ${now('teamId')}`,
      'team.member-role-changed': ({ who, it, now, stored }) =>
        stored('role') === 'leader'
          ? sentence`${who} made ${it} the lead of ${now('teamId')}`
          : sentence`${who} made ${it} a member of ${now('teamId')}`,
      'team.imported': ({ it }) => sentence`The team ${it} was imported`,
      'team.import-undone': ({ it }) => sentence`The import of the team ${it} was undone`,
    },
    undone: {
      'team.member-added': ({ who, it, now }) =>
        sentence`${who} undid the removal of ${it} from ${now('teamId')}`,
      'team.member-removed': ({ who, it, now }) => sentence`${who} undid adding ${it} to ${now('teamId')}`,
    },
    fields: { leaderId: 'the lead' },
  },
  de: {
    actions: {
      'team.created': ({ who, it }) => sentence`${who} hat das Team ${it} erstellt`,
      'team.restored': ({ who, it }) => sentence`${who} hat das Team ${it} wiederhergestellt`,
      'team.deleted': ({ who, it }) => sentence`${who} hat das Team ${it} gelöscht`,
      'team.member-added': ({ who, it, isSelf, now, stored }) => {
        if (isSelf) return sentence`${it} ist dem Team ${now('teamId')} beigetreten`;
        if (stored('role') === 'leader')
          return sentence`${who} hat ${it} als Leitung zum Team ${now('teamId')} hinzugefügt`;
        return sentence`${who} hat ${it} zum Team ${now('teamId')} hinzugefügt`;
      },
      'team.member-removed': ({ who, it, isSelf, now }) =>
        isSelf
          ? sentence`${it} hat das Team ${now('teamId')} verlassen`
          : sentence`${who} hat ${it} aus dem Team ${now('teamId')} entfernt`,
      'team.member-role-changed': ({ who, it, now, stored }) =>
        stored('role') === 'leader'
          ? sentence`${who} hat ${it} die Leitung des Teams ${now('teamId')} übertragen`
          : sentence`${who} hat ${it} zum Mitglied des Teams ${now('teamId')} gemacht`,
      'team.imported': ({ it }) => sentence`Das Team ${it} wurde importiert`,
      'team.import-undone': ({ it }) => sentence`Der Import des Teams ${it} wurde rückgängig gemacht`,
    },
    undone: {
      'team.member-added': ({ who, it, now }) =>
        sentence`${who} hat rückgängig gemacht, dass ${it} aus ${now('teamId')} entfernt wurde`,
      'team.member-removed': ({ who, it, now }) =>
        sentence`${who} hat rückgängig gemacht, dass ${it} zu ${now('teamId')} hinzugefügt wurde`,
    },
    fields: { leaderId: 'die Leitung' },
  },
};
