import { inGerman } from './count.ts';
import type * as english from './health.en.ts';

function inDays(days: number): string {
  if (days === 0) return 'heute';
  return days === 1 ? 'morgen' : `in ${days} Tagen`;
}

export const health: typeof english.health = {
  health: 'Zustand',
  levels: {
    healthy: 'Gut',
    watch: 'Handlungsbedarf',
    at_risk: 'Gefährdet',
    new: 'Neu',
    inactive: 'Gesperrt',
  },
  score: (score) => `${score} von 100`,
  scored: (score) => `Punktwert: ${score} von 100`,
  sinceLastWeek: (points) => {
    if (points === 0) return 'Unverändert seit letzter Woche';
    return `${points > 0 ? '+' : '−'}${Math.abs(points)} seit letzter Woche`;
  },
  since: (points, date) =>
    points === 0
      ? `Unverändert seit ${date}`
      : `${points > 0 ? '+' : '−'}${Math.abs(points)} ${Math.abs(points) === 1 ? 'Punkt' : 'Punkte'} seit ${date}`,
  takes: (weight) => `−${weight}`,
  takesInFull: (weight) => `kostet ${weight} ${weight === 1 ? 'Punkt' : 'Punkte'}`,
  history: 'Zustand in Punkten',
  historyText:
    '100 minus die Punkte aller Gründe, für jeden Tag nach den heutigen Regeln. Tage ohne Nutzungsdaten fehlen.',
  reasons: {
    suspended: () => 'Gesperrt: Mitglieder haben keinen Zugriff',
    plan_expired: ({ days = 0 }) => `Tarif ${days === 1 ? 'gestern' : `vor ${days} Tagen`} abgelaufen`,
    plan_ends_soon: ({ days = 0 }) => `Tarif läuft ${inDays(days)} ab`,
    no_admin: ({ level }) => (level === 'new' ? 'Erster Admin noch nicht beigetreten' : 'Kein aktiver Admin'),
    no_activity: ({ days = 0 }) => `Keine Aktivität seit ${days} Tagen`,
    low_activity: ({ count = 0, of = 0 }) => `${inGerman(count)} von ${of} Personen diese Woche aktiv`,
    no_check_ins: ({ days = 0 }) => `Keine Check-ins seit ${days} Tagen`,
    invitations_waiting: ({ count = 0 }) =>
      `Seit über einer Woche ausstehende Einladungen: ${inGerman(count)}`,
    teams_without_leader: ({ count = 0 }) =>
      count === 1 ? '1 Team ohne Leitung' : `${inGerman(count)} Teams ohne Leitung`,
    kpis_quiet: ({ count = 0, of = 0 }) =>
      `${inGerman(count)} von ${of} aktiven KPIs seit 30 Tagen ohne Check-in`,
  },
};
