import type { accessRefusals } from '../../domain/access/access.refusals.ts';
import type { sharedRefusals } from '../../domain/errors.ts';
import type { FieldReason } from '../../domain/field-errors.ts';
import type { idempotencyRefusals } from '../../domain/idempotency/idempotency.refusals.ts';
import type { rateLimitRefusals } from '../../domain/rate-limit/rate-limit.refusals.ts';
import type { clerkRefusals } from '../../functions/clerk/clerk.refusals.ts';
import type { httpRefusals } from '../../functions/http/http.refusals.ts';

/** What is wrong with a field. */
const fields: Readonly<Record<FieldReason, string>> = {
  required: 'Pflichtfeld',
  invalid: 'Ungültige Eingabe',
  empty: 'Pflichtfeld',
  not_a_boolean: 'Geben Sie „true“ oder „false“ an',
  not_a_date: 'Geben Sie ein Datum ein, zum Beispiel 2026-11-24',
  not_a_list: 'Geben Sie eine Liste an',
  not_a_number: 'Geben Sie eine Zahl ein',
  not_a_time: 'Geben Sie einen Zeitpunkt ein, zum Beispiel 2026-11-24T12:00:00Z',
  not_a_whole_number: 'Geben Sie eine ganze Zahl ein',
  not_above: 'Muss größer als {minimum} sein',
  not_a_time_zone: 'Geben Sie eine Zeitzone an, zum Beispiel Europe/Berlin',
  not_an_email_address: 'Geben Sie eine gültige E-Mail-Adresse ein',
  not_an_object: 'Geben Sie ein Objekt an',
  not_below: 'Muss kleiner als {maximum} sein',
  not_one_of: 'Wählen Sie einen dieser Werte: {values}',
  not_text: 'Geben Sie einen Text ein',
  too_few_items: 'Mindestens {minimum} Einträge erforderlich',
  too_large: 'Höchstens {maximum}',
  too_long: 'Höchstens {maximum} Zeichen',
  too_many_items: 'Höchstens {maximum} Einträge',
  too_short: 'Mindestens {minimum} Zeichen',
  too_small: 'Mindestens {minimum}',
  unknown_names: 'Nicht erlaubt: {names}',
  contains_control_characters: 'Steuerzeichen sind nicht erlaubt',
  contains_spaces: 'Leerzeichen sind nicht erlaubt',
  contains_stacked_marks: 'Zu viele Akzentzeichen auf einem Buchstaben',
  not_a_mail_domain: 'Geben Sie eine Domain ein, zum Beispiel example.com',
  too_long_for_its_key: 'Geben Sie einen kürzeren Text ein',
  too_long_written_out: 'Geben Sie einen kürzeren Text ein',
  turns_direction: 'Zeichen, die die Schreibrichtung umkehren, sind nicht erlaubt',
  not_an_entry: 'Ungültiger Eintrag',
  not_an_id: 'Ungültige ID',
  not_an_address: 'Geben Sie eine Adresse ein, die mit https:// beginnt',
  not_a_bucket: 'Geben Sie den Namen eines S3-Buckets ohne Punkte ein, zum Beispiel acme-audit-log',
  not_a_region: 'Geben Sie eine AWS-Region ein, zum Beispiel eu-central-1',
  not_a_prefix: 'Geben Sie Ordner aus Buchstaben, Ziffern, - und _ ein, zum Beispiel logs/mtcms',
  not_a_delivery_role: 'Geben Sie die ARN einer Rolle ein, deren Name mit mtcms-log-delivery beginnt',
  not_of_this_kind: 'Passt nicht zu dem, was gesendet wird',
  not_an_event_type: 'Geben Sie einen Ereignistyp ein, zum Beispiel kpi.updated, kpi.* oder *',
  not_a_delivery_id: 'Ungültige ID',
  not_a_check_in_id: 'Ungültige Check-in-ID',
  not_an_organization_id: 'Ungültige Organisations-ID',
  not_a_user_id: 'Ungültige Personen-ID',
  not_an_action: 'Geben Sie eine Aktion wie user.removed oder einen Anfang wie user. ein',
  not_an_actor: 'Geben Sie eine Personen-ID oder eine Systemfunktion wie system:expiry ein',
  not_about: 'Geben Sie ein Team, einen KPI oder eine Person ein, zum Beispiel team/team_1',
  not_a_resource: 'Geben Sie ein Objekt wie user/user_1 oder einen Anfang wie user/ ein',
  not_a_subject: 'Geben Sie eine Objektart ein, bei Bedarf mit Schrägstrich und ID',
  unknown_subject: 'Muss mit einem dieser Werte beginnen: {subjects}',
  proof_is_whole: 'Ein Nachweis umfasst das ganze Audit-Log, ohne Filter',
  before_from: 'Muss am oder nach dem Beginn liegen',
  before_from_or_over_a_year: 'Wählen Sie ein Ende nach dem Beginn, höchstens ein Jahr später',
  end_not_after_start: 'Muss nach dem Beginn liegen',
  ends_before_it_starts: 'Muss am oder nach dem Beginn liegen',
  from_without_to: 'Geben Sie auch ein Ende an',
  hour_without_days: 'Nur bei täglichen Jobs möglich',
  in_the_future: 'Darf nicht in der Zukunft liegen',
  before_the_period: 'Der KPI beginnt am {start}. Wählen Sie ein Datum ab diesem Tag',
  not_a_date_or_time: 'Geben Sie ein Datum ein, zum Beispiel 24.11.2026',
  out_of_years: 'Muss zwischen 2000 und 2100 liegen',
  over_days: 'Wählen Sie höchstens {days} Tage',
  changes_nothing: 'Ändern Sie mindestens einen Wert',
  names_nobody: 'Wählen Sie mindestens eine Person',
  lists_nothing: 'Mindestens eine Zeile ist nötig',
  neither_role_nor_status: 'Geben Sie entweder eine Rolle oder einen Status an',
  too_many_at_once: 'Höchstens {most} auf einmal',
  too_many_domains: 'Höchstens {most} Domains',
  too_many_facts: 'Höchstens {most} Angaben',
  too_many_people: 'Höchstens {most} Personen',
  fact_name_not_plain: 'Namen dürfen nur Buchstaben, Ziffern, „.“, „_“ und „-“ enthalten',
  fact_name_reserved: 'Die Namen „constructor“ und „__proto__“ sind nicht erlaubt',
  team_member_cannot_lead: 'Teammitglieder können kein Team leiten. Wählen Sie eine andere Rolle',
  promotes_a_leader_only: 'Nur für eine Teamleitung möglich',
  team_missing: 'Wählen Sie ein Team',
  change_without_reason: 'Geben Sie an, warum Sie Daten ändern müssen',
  too_few_sources: 'Wählen Sie mindestens 2 KPIs',
  source_named_twice: 'Jeder KPI nur einmal',
  ratio_of_two: 'Wählen Sie genau 2 KPIs',
  weight_for_each: 'Geben Sie für jeden KPI ein Gewicht an',
  percent_of_ratio_only: 'Nur bei einem Verhältnis möglich',
  not_a_target: 'Geben Sie eine Zahl oder einen Bereich {low, high} ein',
  target_not_above_baseline: 'Muss über dem Startwert liegen',
  target_not_above_low: 'Muss über der Untergrenze liegen',
  target_not_a_band: 'Geben Sie eine Unter- und eine Obergrenze ein',
  target_not_a_number: 'Geben Sie eine einzelne Zahl ein',
  target_not_below_baseline: 'Muss unter dem Startwert liegen',
  too_close_to_zero: 'Geben Sie 0 oder eine Zahl ab 0,000000001 ein',
  not_an_etag: 'Geben Sie den ETag genau so an, wie Sie ihn erhalten haben, mit Anführungszeichen',
  not_an_idempotency_key: 'Verwenden Sie 1 bis 64 sichtbare ASCII-Zeichen',
  too_many_states: 'Höchstens {most} Fassungen',
};

const ofEveryChange: Readonly<Record<keyof typeof sharedRefusals, string>> = {
  stale:
    'Das wurde geändert, seit Sie es geöffnet haben. Laden Sie die Seite neu und versuchen Sie es erneut.',
  collided: 'Das wurde gerade auch von anderer Seite geändert. Versuchen Sie es erneut.',
  cursor_invalid: 'Diese Stelle der Liste ist nicht mehr gültig. Beginnen Sie wieder am Anfang.',
};

// A malformed request isn't something a user can fix, so no detail is given.
const malformed = 'Die Anfrage ist ungültig. Laden Sie die Seite neu und versuchen Sie es erneut.';
const signInAgain = 'Ihre Anmeldung ist nicht mehr gültig. Melden Sie sich erneut an.';

const ofRequests: Readonly<Record<keyof typeof httpRefusals, string>> = {
  address_not_found: 'Diese Adresse wurde nicht gefunden.',
  not_found: 'Möglicherweise wurde es gelöscht, oder Sie haben keinen Zugriff.',
  forbidden: 'Ihre Rolle erlaubt das nicht.',
  not_a_super_admin: 'Das ist Super-Admins der Plattform vorbehalten.',
  account_deactivated:
    'Ihr Konto ist deaktiviert. Bitten Sie einen Admin Ihrer Organisation, es zu reaktivieren.',
  no_membership: 'Sie sind angemeldet, gehören aber noch zu keiner Organisation.',
  too_many_without_membership: 'Zu viele Anfragen. Versuchen Sie es in einer Minute erneut.',
  failed: 'Bei uns ist etwas schiefgelaufen. Versuchen Sie es erneut.',
  not_signed_in: 'Melden Sie sich an, um fortzufahren.',
  nobody_signs_in: 'Hier ist keine Anmeldung möglich.',
  session_expired: 'Ihre Sitzung ist abgelaufen. Melden Sie sich erneut an.',
  session_incomplete: 'Ihre Anmeldung ist noch nicht abgeschlossen.',
  token_invalid: signInAgain,
  not_a_session_token: signInAgain,
  token_of_another_application: signInAgain,
  sign_in_unreachable: 'Der Anmeldedienst ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  request_wrong: 'Einige Angaben fehlen oder sind ungültig.',
  body_not_json: malformed,
  body_begins_with_mark: malformed,
  body_damaged: 'Der Text enthält beschädigte Zeichen (U+FFFD).',
  body_too_deep: malformed,
  body_too_large: 'Das ist zu viel auf einmal. Höchstens 64 KB sind möglich.',
  body_encoded: malformed,
  body_of_another_type: malformed,
  body_in_another_charset: malformed,
  header_wrong: malformed,
  state_missing: 'Laden Sie die Seite neu und versuchen Sie es erneut.',
};

const ofAccess: Readonly<Record<keyof typeof accessRefusals, string>> = {
  explained_thing_not_found: 'Das wurde nicht gefunden.',
  not_while_impersonating: 'Das ist nicht möglich, während Sie für eine andere Person angemeldet sind.',
  confirm_identity:
    'Bestätigen Sie Ihre Identität, und versuchen Sie es erneut. Eine Bestätigung gilt {minutes} Minuten.',
  names_no_subject: 'Diese Objektart ist nicht bekannt.',
};

const ofTooMany: Readonly<Record<keyof typeof rateLimitRefusals, string>> = {
  too_many_for_the_plan:
    'Das Limit Ihres Tarifs von {limit} Anfragen pro Minute ist erreicht. Versuchen Sie es in einer Minute erneut.',
  too_many_for_one_person:
    'Das Limit von {limit} Anfragen pro Minute und Person ist erreicht. Versuchen Sie es in einer Minute erneut.',
};

const ofRepetitions: Readonly<Record<keyof typeof idempotencyRefusals, string>> = {
  request_in_progress: 'Diese Anfrage wird noch bearbeitet. Versuchen Sie es in ein paar Sekunden erneut.',
  rights_changed_since:
    'Die Anfrage wurde ausgeführt, seither haben sich Ihre Rolle oder Teams geändert. Laden Sie die Seite neu.',
  key_of_another_request: malformed,
};

const ofClerk: Readonly<Record<keyof typeof clerkRefusals, string>> = {
  identity_unavailable:
    'Der Anmeldedienst ist nicht erreichbar. Es wurde nichts geändert. Versuchen Sie es erneut.',
  webhook_not_signed: 'Die Signatur der Nachricht ist ungültig.',
};

/** German explanations for refusals of the server and the schemas that no feature explains itself. */
export const reasons: Readonly<Record<string, string>> = {
  ...fields,
  ...ofEveryChange,
  ...ofRequests,
  ...ofAccess,
  ...ofTooMany,
  ...ofRepetitions,
  ...ofClerk,
};
