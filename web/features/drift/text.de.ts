import type { driftRefusals } from '../../../domain/drift/drift.refusals.ts';
import { inGerman } from '../../text/count.ts';
import type * as english from './text.en.ts';

export const texts: typeof english.texts = {
  title: 'Clerk-Abgleich',
  text: 'Personen und Einladungen werden einmal am Tag mit Clerk verglichen. Abweichungen werden automatisch behoben; hier steht, was eine Entscheidung braucht.',
  compareNow: 'Jetzt abgleichen',
  preview: 'Vorschau',
  underWay: 'Der Abgleich mit Clerk läuft …',
  previewing: 'Der Abgleich mit Clerk läuft. Es wird nichts geändert.',
  late: 'Noch nicht fertig. Der Abgleich wird stündlich von selbst fortgesetzt.',
  none: 'Noch kein Abgleich',
  noneText: 'Der erste läuft innerhalb einer Stunde.',
  runs: 'Abgleiche',
  run: 'Abgleich',
  ofRun: (when) => `Abweichungen vom ${when}`,
  equal: 'Keine Abweichungen',
  equalText: 'Alle Personen und Einladungen stimmen mit Clerk überein.',
  unfinished: 'Bisher keine Abweichungen',
  unfinishedText: 'Der Abgleich ist noch nicht fertig.',
  more: (count) =>
    count === 1
      ? '1 weitere Abweichung ist nicht aufgeführt.'
      : `${inGerman(count)} weitere Abweichungen sind nicht aufgeführt.`,
  column: {
    started: 'Begonnen',
    kind: 'Art',
    status: 'Status',
    compared: 'Verglichen',
    found: 'Gefunden',
    repaired: 'Behoben',
    moved: 'Inzwischen geändert',
    needsPerson: 'Zu klären',
    waits: 'Warten auf Clerk',
    what: 'Abweichung',
    who: 'Wer',
    organization: 'Organisation',
    outcome: 'Ergebnis',
  },
  kinds: { repair: 'Abgleich', preview: 'Vorschau' },
  statuses: { running: 'Läuft', waiting: 'Wird fortgesetzt', done: 'Fertig' },
  outcomes: {
    found: 'Gefunden',
    repaired: 'Behoben',
    moved: 'Inzwischen geändert',
    needs_person: 'Zu klären',
  },
  who: { member: 'Mitglied', person: 'Person', invitation: 'Einladung', id: (id) => `ID ${id}` },
  differences: {
    joining: 'Einladung angenommen, aber kein Mitglied',
    organization: 'Andere Organisation in Clerk',
    account: 'Konto in Clerk gelöscht',
    letter: 'Link einer beendeten Einladung funktioniert noch',
  },
  details: { name: 'Name', email: 'E-Mail-Adresse', twoFactor: 'Zweiter Faktor' },
  detailsDiffer: (what) => `Abweichend: ${what}`,
  reasons: {
    address_taken:
      'Die neue E-Mail-Adresse ist in der Organisation schon vergeben. Ändern Sie eine der beiden.',
    left_without_admin: 'Das Konto des letzten Admins gibt es nicht mehr. Laden Sie einen anderen Admin ein.',
    not_settled: 'Die Organisation ist möglicherweise gesperrt oder voll, oder ihr Tarif ist abgelaufen.',
  },
  openUser: (id) => `Person ${id} ansehen`,
};

export const refusals: Readonly<Record<keyof typeof driftRefusals, string>> = {
  drift_run_under_way: 'Ein Abgleich mit Clerk läuft bereits. Warten Sie, bis er fertig ist.',
  drift_run_taken_over: 'Ein anderer Lauf hat diesen Abgleich übernommen.',
};
