import type { usageRefusals } from '../../../domain/usage/usage.refusals.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  analytics: 'Auswertungen',
  usage: 'Nutzung',
  figures: 'Kennzahlen',
  trend: 'Verlauf',
  trends: 'Verläufe',
  attention: 'Handlungsbedarf',
  attentionMore: (count) => `${count} weitere`,
  nothingNeedsYou: 'Alles erledigt',
  nothingNeedsYouText: 'Bei keiner Organisation besteht gerade Handlungsbedarf.',
  funnel: 'Onboarding',
  funnelText: 'Organisationen, die mindestens diese Phase erreicht haben',
  plans: 'Tarife',
  recent: 'Letzte Aktivitäten',
  asOf: (when) => `Stand: ${when}`,
  notComputed: 'Noch keine Daten',
  notComputedText:
    'Die Zahlen werden stündlich aktualisiert. Jeder Tag ist nach Mitternacht (UTC) endgültig.',
  tile: {
    last: (title) => title,
    sum: (title) => `${title}, letzte 30 Tage`,
    mean: (title) => `${title}, 30-Tage-Durchschnitt`,
  },
  against: {
    last: (value) => `Vor 30 Tagen: ${value}`,
    sum: (value) => `Vorherige 30 Tage: ${value}`,
    mean: (value) => `Vorherige 30 Tage: ${value}`,
  },
  notThen: {
    last: 'Vor 30 Tagen: keine Daten',
    sum: 'Vorherige 30 Tage: keine Daten',
    mean: 'Vorherige 30 Tage: keine Daten',
  },
  figureOf: {
    last: (_from, to) => `Stand: ${to}`,
    sum: (from, to) => `Summe, ${from} – ${to}`,
    mean: (from, to) => `Tagesdurchschnitt, ${from} – ${to}`,
  },
  metric: 'Kennzahl',
  byWeek: 'Jeder Punkt steht für eine Woche, Montag bis Sonntag.',
  by: 'Intervall',
  from: 'Von',
  to: 'Bis',
  grains: { day: 'Tag', week: 'Woche', month: 'Monat' },
  drillDown: 'Top-Organisationen',
  drillDownText: 'Bis zu 20 Organisationen mit dem höchsten Wert am gewählten Tag',
  ofDay: 'Tag',
  nobodyBehind: 'Keine Organisationen für diesen Tag',
  nobodyBehindText:
    'Entweder gab es nichts, oder der Tag ist noch nicht berechnet. Wählen Sie einen anderen Tag.',
  asListed: 'In der Organisationsliste anzeigen',
  provisional: 'Der heutige Tag ist noch nicht abgeschlossen.',
  kpiStatus: 'KPIs nach Status',
  metrics: {
    users: { title: 'Personen', text: 'Personen in allen Organisationen am Ende des Tages' },
    orgAdmins: { title: 'Admins', text: 'Personen mit der Rolle Admin am Ende des Tages' },
    teamLeaders: { title: 'Teamleitungen', text: 'Personen mit der Rolle Teamleitung am Ende des Tages' },
    teamMembers: { title: 'Teammitglieder', text: 'Personen mit der Rolle Teammitglied am Ende des Tages' },
    activeUsers1: {
      title: 'Täglich aktive Personen',
      text: 'Personen, die an diesem Tag aktiv waren',
    },
    activeUsers7: {
      title: 'Aktive Personen, 7 Tage',
      text: 'Personen, die in den letzten 7 Tagen mindestens einmal aktiv waren',
    },
    activeUsers30: {
      title: 'Aktive Personen, 30 Tage',
      text: 'Personen, die in den letzten 30 Tagen mindestens einmal aktiv waren',
    },
    pendingInvitations: {
      title: 'Ausstehende Einladungen',
      text: 'Einladungen, die noch nicht angenommen wurden',
    },
    teams: { title: 'Teams', text: 'Teams am Ende des Tages' },
    kpis: { title: 'KPIs', text: 'KPIs am Ende des Tages' },
    kpisOnTrack: { title: 'KPIs auf Kurs', text: 'KPIs mit dem Status „Auf Kurs“' },
    kpisAtRisk: { title: 'Gefährdete KPIs', text: 'KPIs mit dem Status „Gefährdet“' },
    kpisOffTrack: { title: 'KPIs nicht auf Kurs', text: 'KPIs mit dem Status „Nicht auf Kurs“' },
    kpisNoData: { title: 'KPIs ohne Daten', text: 'KPIs ohne aktuellen Check-in' },
    checkIns: { title: 'Check-ins', text: 'Werte, die per Check-in eingetragen wurden' },
    changes: { title: 'Änderungen', text: 'Änderungen, die im Audit-Log stehen' },
    organizations: { title: 'Organisationen', text: 'Organisationen am Ende des Tages' },
    newOrganizations: {
      title: 'Neue Organisationen',
      text: 'Organisationen, die an diesem Tag erstellt wurden',
    },
    organizationsServed: {
      title: 'Aktive Kunden',
      text: 'Organisationen, die nicht gesperrt sind und deren Tarif läuft',
    },
    organizationsSuspended: {
      title: 'Gesperrt',
      text: 'Organisationen, deren Mitglieder keinen Zugriff haben',
    },
    organizationsExpired: {
      title: 'Tarif abgelaufen',
      text: 'Organisationen, die nicht gesperrt sind, deren Tarif aber abgelaufen ist',
    },
    organizationsActive7: {
      title: 'Aktive Organisationen, 7 Tage',
      text: 'Organisationen mit mindestens einer aktiven Person in den letzten 7 Tagen',
    },
  },
  onPlan: (plan) => ({ title: `Tarif ${plan}`, text: `Organisationen im Tarif ${plan}` }),
  atStage: (stage) => ({
    title: `Phase: ${stage}`,
    text: `Organisationen in der Onboarding-Phase „${stage}“`,
  }),
  stages: {
    invited: 'Admin eingeladen',
    admin_joined: 'Admin beigetreten',
    people_invited: 'Personen eingeladen',
    team_created: 'Team erstellt',
    kpi_created: 'KPI erstellt',
    active: 'Check-ins laufen',
  },
  reasons: {
    plan_expired: 'Tarif abgelaufen',
    plan_ends_soon: 'Tarif läuft bald ab',
    no_admin: 'Kein aktiver Admin',
    no_activity: 'Seit 14 Tagen keine Aktivität',
    low_activity: 'Wenige Personen aktiv',
    no_check_ins: 'Keine aktuellen Check-ins',
    invitations_waiting: 'Einladungen seit über einer Woche ausstehend',
    teams_without_leader: 'Team ohne aktive Leitung',
    kpis_quiet: 'Seit 30 Tagen kein Check-in',
    suspended: 'Gesperrt',
  },
  runs: {
    title: 'Nutzungsjobs',
    text: 'Jobs aktualisieren die Nutzungszahlen stündlich und schließen sie einmal täglich ab. Jeder Job umfasst einen Shard der Organisationen.',
    none: 'Noch keine Jobs',
    due: 'Geplant für',
    period: 'Zeitraum',
    periods: { hour: 'Stündlich', day: 'Täglich' },
    shard: 'Shard',
    status: 'Status',
    statuses: { running: 'Läuft', done: 'Fertig', failed: 'Fehlgeschlagen' },
    organizations: 'Organisationen',
    failures: 'Fehlgeschlagene Organisationen',
    attempts: 'Versuche',
    took: 'Dauer',
    seconds: (value) => `${value} s`,
    runNow: {
      hour: 'Jetzt ausführen',
      day: 'Gestern erneut ausführen',
      progress: (done, all) => `Läuft: ${done} von ${all} Shards fertig`,
      done: 'Fertig. Die Zahlen sind aktuell.',
      failed: (count) =>
        `Beendet, mit Fehlern in ${count} ${count === 1 ? 'Shard' : 'Shards'}. Einzelheiten stehen in der Liste.`,
      unfinished: 'Nach sechs Minuten noch nicht fertig. Starten Sie den Job erneut, um ihn fortzusetzen.',
    },
  },
};

export const trail: typeof english.trail = {
  actions: {
    'usage-run.requested': 'Nutzungsjob gestartet',
  },
};

export const refusals: Readonly<Record<keyof typeof usageRefusals, string>> = {
  usage_run_taken_over: 'Für diesen Shard läuft bereits ein anderer Job.',
};
