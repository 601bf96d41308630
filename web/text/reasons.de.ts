import type { accessRefusals } from '../../domain/access/access.refusals.ts';
import type { sharedRefusals } from '../../domain/errors.ts';
import type { FieldReason } from '../../domain/field-errors.ts';
import type { idempotencyRefusals } from '../../domain/idempotency/idempotency.refusals.ts';
import type { rateLimitRefusals } from '../../domain/rate-limit/rate-limit.refusals.ts';
import type { clerkRefusals } from '../../functions/clerk/clerk.refusals.ts';
import type { httpRefusals } from '../../functions/http/http.refusals.ts';

/** What is wrong with a field. */
const fields: Readonly<Record<FieldReason, string>> = {
  required: 'ist erforderlich',
  invalid: 'ist nicht gültig',
  empty: 'darf nicht leer sein',
  not_a_boolean: 'muss „true“ oder „false“ sein',
  not_a_date: 'muss ein Datum wie 2026-11-24 sein',
  not_a_list: 'muss eine Liste sein',
  not_a_number: 'muss eine Zahl sein',
  not_a_time: 'muss eine Zeit wie 2026-11-24T12:00:00Z sein',
  not_a_whole_number: 'muss eine ganze Zahl sein',
  not_above: 'muss größer als {minimum} sein',
  not_an_email_address: 'muss eine E-Mail-Adresse sein',
  not_an_object: 'muss ein Objekt sein',
  not_below: 'muss kleiner als {maximum} sein',
  not_one_of: 'muss eines hiervon sein: {values}',
  not_text: 'muss Text sein',
  too_few_items: 'muss mindestens {minimum} Einträge haben',
  too_large: 'darf höchstens {maximum} sein',
  too_long: 'darf höchstens {maximum} Zeichen lang sein',
  too_many_items: 'darf höchstens {maximum} Einträge haben',
  too_short: 'muss mindestens {minimum} Zeichen lang sein',
  too_small: 'muss mindestens {minimum} sein',
  unknown_names: 'darf dies nicht enthalten: {names}',
  contains_control_characters: 'darf keine Steuerzeichen enthalten',
  contains_spaces: 'darf keine Leerzeichen enthalten',
  contains_stacked_marks: 'darf nicht so viele Zeichen auf einem Buchstaben stapeln',
  not_a_mail_domain: 'muss eine Maildomain wie example.com sein',
  too_long_for_its_key: 'muss kürzer sein',
  too_long_written_out: 'muss kürzer sein, wenn seine Zeichen ausgeschrieben sind',
  turns_direction: 'darf keine Zeichen enthalten, die die Schreibrichtung umkehren',
  not_an_id: 'muss eine gültige Kennung sein',
  not_a_check_in_id: 'muss die Kennung eines gemeldeten Werts sein',
  not_an_organization_id: 'muss die Kennung einer Organisation sein',
  not_a_user_id: 'muss die Kennung einer Person sein',
  not_an_action: 'muss etwas wie user.removed sein, oder ein Wort und ein Punkt',
  not_an_actor: 'muss die Kennung einer Person sein, oder eine Funktion wie system:expiry',
  not_a_resource: 'muss etwas wie user/user_1 sein, oder ein Wort und ein Schrägstrich',
  not_a_subject: 'muss eine Sache sein, oder eine Sache, ein Schrägstrich und eine Kennung',
  unknown_subject: 'muss hiermit beginnen: {subjects}',
  before_from: 'darf nicht vor „Von“ liegen',
  before_from_or_over_a_year: 'darf nicht vor „Von“ liegen und höchstens ein Jahr danach',
  end_not_after_start: 'muss nach „Von“ liegen',
  ends_before_it_starts: 'darf nicht vor dem Beginn liegen',
  from_without_to: 'braucht auch „Bis“',
  in_the_future: 'darf nicht in der Zukunft liegen',
  before_the_period: 'darf nicht vor {start} liegen, dem Beginn des KPI',
  not_a_date_or_time: 'muss ein Datum wie 2026-11-24 oder eine Zeit wie 2026-11-24T12:00:00Z sein',
  out_of_years: 'muss zwischen 2000 und 2100 liegen',
  over_days: 'darf höchstens {days} Tage nach „Von“ liegen',
  changes_nothing: 'muss etwas ändern',
  names_nobody: 'muss jemanden nennen',
  neither_role_nor_status: 'braucht entweder eine Rolle oder einen Status',
  too_many_at_once: 'dürfen höchstens {most} sein',
  too_many_domains: 'dürfen höchstens {most} Domains sein',
  too_many_facts: 'dürfen höchstens {most} Angaben sein',
  too_many_people: 'dürfen höchstens {most} Personen sein',
  fact_name_not_plain: 'darf nur Namen aus Buchstaben, Ziffern, „.“, „_“ und „-“ haben',
  fact_name_reserved: 'darf nicht „constructor“ oder „__proto__“ heißen',
  team_member_cannot_lead: 'ein Teammitglied kann kein Team leiten: Wählen Sie eine andere Rolle',
  team_missing: 'braucht ein Team',
  not_a_target: 'muss eine Zahl sein, oder zwei: {low, high}',
  target_not_above_baseline: 'muss über dem Wert am Anfang liegen',
  target_not_above_low: 'muss über „Nicht unter“ liegen',
  target_not_a_band: 'braucht bei „Zwischen zwei Werten halten“ zwei Werte',
  target_not_a_number: 'muss bei einem KPI, der {direction} soll, eine Zahl sein',
  target_not_below_baseline: 'muss unter dem Wert am Anfang liegen',
  too_close_to_zero: 'muss 0 sein oder mindestens 0,000000001 davon entfernt',
  not_an_etag: 'muss ein ETag sein, wie er geantwortet wurde, mit seinen Anführungszeichen',
  not_an_idempotency_key: 'muss aus 1 bis 64 sichtbaren ASCII-Zeichen bestehen',
  too_many_states: 'darf höchstens {most} Fassungen nennen',
};

const ofEveryChange: Readonly<Record<keyof typeof sharedRefusals, string>> = {
  stale: 'Jemand anderes hat das geändert, seit Sie es geöffnet haben. Laden Sie es neu, dann noch einmal.',
  collided: 'Jemand anderes hat das im selben Moment geändert. Versuchen Sie es noch einmal.',
  cursor_invalid: 'Diese Stelle der Liste gilt nicht mehr. Beginnen Sie wieder vorn.',
};

// A person at a page can't mend a request: that it is wrong says enough.
const malformed = 'Die Anfrage hat die falsche Form.';
const signInAgain = 'Die Anmeldung gilt nicht. Melden Sie sich noch einmal an.';

const ofRequests: Readonly<Record<keyof typeof httpRefusals, string>> = {
  address_not_found: 'Diese Adresse gibt es nicht.',
  not_found: 'Das gibt es hier nicht, oder Sie dürfen es nicht sehen.',
  forbidden: 'Ihre Rolle darf das nicht.',
  not_a_super_admin: 'Das dürfen nur die Super-Admins der Plattform.',
  account_deactivated:
    'Ihr Konto ist deaktiviert. Bitten Sie einen Admin Ihrer Organisation, es wieder zu aktivieren.',
  no_membership: 'Sie sind angemeldet, gehören aber noch zu keiner Organisation.',
  too_many_without_membership: 'Zu viele Anfragen ohne Mitgliedschaft. Warten Sie die nächste Minute ab.',
  failed: 'Bei uns ging etwas schief. Versuchen Sie es noch einmal.',
  not_signed_in: 'Melden Sie sich zuerst an.',
  nobody_signs_in: 'Hier meldet sich niemand an.',
  session_expired: 'Die Sitzung ist abgelaufen. Melden Sie sich noch einmal an.',
  session_incomplete: 'Die Anmeldung ist noch nicht fertig.',
  token_invalid: signInAgain,
  not_a_session_token: signInAgain,
  token_of_another_application: signInAgain,
  sign_in_unreachable: 'Der Anmeldedienst ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  request_wrong: 'Etwas davon stimmt noch nicht.',
  body_not_json: malformed,
  body_begins_with_mark: malformed,
  body_damaged: 'Der Text enthält Zeichen, die verloren gegangen sind (U+FFFD).',
  body_too_deep: malformed,
  body_too_large: 'Das ist zu viel auf einmal: höchstens 64 KB gehen.',
  body_encoded: malformed,
  body_of_another_type: malformed,
  body_in_another_charset: malformed,
  header_wrong: malformed,
  state_missing: 'Laden Sie die Seite neu: Ihr fehlt, welche Fassung geändert wird.',
};

const ofAccess: Readonly<Record<keyof typeof accessRefusals, string>> = {
  explained_thing_not_found: 'Das gibt es hier nicht.',
  names_no_subject: 'So eine Sache gibt es nicht.',
};

const ofTooMany: Readonly<Record<keyof typeof rateLimitRefusals, string>> = {
  too_many_for_the_plan:
    'Mehr als {limit} Anfragen in einer Minute erlaubt der Plan nicht. Warten Sie die nächste Minute ab.',
  too_many_for_one_person:
    'Mehr als {limit} Anfragen in einer Minute darf eine Person nicht stellen. Warten Sie die nächste Minute ab.',
};

const ofRepetitions: Readonly<Record<keyof typeof idempotencyRefusals, string>> = {
  request_in_progress: 'Diese Anfrage wird gerade bearbeitet. Fragen Sie in ein paar Sekunden noch einmal.',
  rights_changed_since:
    'Diese Anfrage ist ausgeführt, und Ihre Rolle oder Teams haben sich seither geändert. Lesen Sie, was jetzt da ist.',
  key_of_another_request: 'Die Anfrage hat einen Schlüssel, der schon benutzt ist.',
};

const ofClerk: Readonly<Record<keyof typeof clerkRefusals, string>> = {
  identity_unavailable:
    'Der Anmeldedienst ist nicht erreichbar. Nichts wurde geändert; versuchen Sie es noch einmal.',
  webhook_not_signed: 'Die Nachricht ist nicht richtig unterschrieben.',
};

/** In German, what the server and the schemas say and no feature says. */
export const reasons: Readonly<Record<string, string>> = {
  ...fields,
  ...ofEveryChange,
  ...ofRequests,
  ...ofAccess,
  ...ofTooMany,
  ...ofRepetitions,
  ...ofClerk,
};
