import type { proving as english } from './proving-text.en.ts';

export const proving: typeof english = {
  verify: {
    title: 'Audit-Log prüfen',
    open: 'Prüfen',
    about:
      'Ihr Browser lädt das signierte Audit-Log und prüft jeden Eintrag selbst. Er findet Einträge, die bearbeitet, entfernt, eingefügt oder umgestellt wurden, und unterscheidet sie von Einträgen, deren Aufbewahrungsfrist abgelaufen ist.',
    start: 'Audit-Log prüfen',
    again: 'Erneut prüfen',
    file: 'Datei prüfen',
    fileHint:
      'Eine Nachweisdatei (.proof.jsonl) oder ein Beleg, den Sie früher heruntergeladen haben. Die Datei bleibt in Ihrem Browser.',
    steps: {
      checkpoint: 'Neueste Einträge werden signiert …',
      reading: (kilobytes) => `Wird geprüft … ${kilobytes} KB`,
    },
    good: 'Audit-Log geprüft: unverändert',
    goodText: (entries) =>
      `Alle ${entries} Einträge sind unverändert, vollständig und in der richtigen Reihenfolge.`,
    goodReceipt: 'Das signierte Audit-Log enthält diesen Eintrag genau so, wie der Beleg ihn zeigt.',
    bad: 'Das Audit-Log passt nicht zu seiner Signatur',
    badFile: 'Diese Datei lässt sich nicht prüfen',
    expired: (count) => `${count} Einträge fehlen, weil ihre Aufbewahrungsfrist abgelaufen ist.`,
    erased: (count) =>
      `Aus ${count} Einträgen wurden personenbezogene Daten gelöscht. Der Rest entspricht dem, was danach signiert wurde.`,
    withdrawn: (count) => `${count} importierte Einträge fehlen, weil ihr Import rückgängig gemacht wurde.`,
    leftOut: (range) => `Die Einträge ${range} gehören nicht zu dieser Datei.`,
    uncompared:
      'Ein früherer Prüfpunkt liegt in einem Teil, den diese Datei auslässt, und wurde nicht verglichen.',
    checkpoint: 'Neuester Prüfpunkt',
    checkpointText: (size, time) => `${size} Einträge, signiert ${time}`,
    key: 'Schlüssel',
    keyHint:
      'Vergleichen Sie ihn mit dem Schlüssel, den Sie früher notiert haben oder den jemand anderes sieht.',
    otherFile:
      'Diese Datei ist von einer anderen Website signiert: Vergleichen Sie den Schlüssel, bevor Sie sich darauf verlassen.',
    save: 'Nachweisdatei speichern',
    verifier: 'Prüfprogramm herunterladen',
    verifierHint:
      'Eine einzige Datei ohne Abhängigkeiten, die Nachweisdateien und Belege auf jedem Rechner mit Node.js prüft, ohne uns.',
    copyKey: 'Schlüssel kopieren',
    copied: 'Kopiert',
    none: 'Für dieses Audit-Log gibt es noch keinen Prüfpunkt. Versuchen Sie es in einer Minute erneut.',
    more: (count) => `und ${count} weitere`,
    entry: (range) => `Eintrag ${range}`,
    entries: (range) => `Einträge ${range}`,
    checkpointOf: (size) => `Prüfpunkt über ${size} Einträge`,
    findings: {
      edited: 'bearbeitet: Der Text ist nicht der aufgezeichnete',
      removed: 'entfernt, ohne dass die Aufbewahrungsfrist es erklärt',
      reordered: 'nicht in der richtigen Reihenfolge',
      doubled: 'mehrfach in der Datei',
      inserted: 'eingefügt: Hierher gehört ein anderer Eintrag',
      altered: 'samt ihren Aufzeichnungen geändert: Die Signatur passt nicht',
      foreign: 'aus einer anderen Organisation',
      left_out: 'ausgelassen, obwohl die Datei als vollständig gekennzeichnet ist',
      unsigned: 'von keinem signierten Prüfpunkt erfasst',
      cut_tail: 'am Ende abgeschnitten: Ein signierter Prüfpunkt erfasst sie',
      rewritten: 'umgeschrieben, seit Ihr Browser dieses Audit-Log zuletzt gesehen hat',
      not_included: 'nicht im signierten Audit-Log',
      fork: 'widerspricht einem anderen signierten Prüfpunkt: Es gibt zwei Fassungen dieses Audit-Logs',
      dropped: 'der Prüfpunkt davor fehlt',
      reordered_checkpoint: 'nicht in der richtigen Reihenfolge',
      bad_signature: 'nicht mit diesem Schlüssel signiert',
      foreign_checkpoint: 'aus einem anderen Audit-Log',
      cut_file: 'Die Datei wurde abgeschnitten, oder Zeilen wurden entfernt oder hinzugefügt.',
      no_checkpoint: 'Die Datei enthält keinen signierten Prüfpunkt.',
      bad_round: 'Der Nachweis der Plattform in dieser Datei ist ungültig.',
      wrong_key: 'Die Datei ist mit einem anderen Schlüssel signiert als dieses Audit-Log.',
      unsupported:
        'Dieser Browser kann keine Ed25519-Signaturen prüfen. Verwenden Sie eine aktuelle Version von Chrome, Edge, Firefox oder Safari.',
      unreadable: 'Das ist keine Nachweisdatei und kein Beleg, oder die Datei ist beschädigt.',
    },
  },
  witness: {
    title: 'Dieses Audit-Log widerspricht dem, was Ihr Browser früher gesehen hat',
    cut_tail: (size, time) =>
      `Ihr Browser hat einen signierten Prüfpunkt über ${size} Einträge gesehen (${time}). Jetzt sind es weniger: Am Ende wurden Einträge abgeschnitten.`,
    split: (size, time) =>
      `Ihr Browser hat einen signierten Prüfpunkt über ${size} Einträge gesehen (${time}). Der jetzige Stand setzt ihn nicht fort: Der Verlauf wurde umgeschrieben, oder es werden zwei Fassungen gezeigt.`,
    other_key:
      'Die Prüfpunkte sind mit einem anderen Schlüssel signiert als dem, den Ihr Browser gesehen hat.',
    bad_signature: 'Der neueste Prüfpunkt ist nicht mit seinem Schlüssel signiert.',
    act: 'Prüfen Sie das Audit-Log, speichern Sie das Ergebnis und wenden Sie sich an das Sicherheitsteam der Plattform.',
    since: (size, time) => `Von Ihrem Browser beobachtet: ${size} Einträge, signiert ${time}`,
  },
  receipt: {
    download: 'Beleg herunterladen',
    pending:
      'Dieser Eintrag ist noch von keinem Prüfpunkt erfasst. Einer wurde angefordert: Versuchen Sie es in einer Minute erneut.',
  },
};
