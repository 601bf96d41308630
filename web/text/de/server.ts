import { translator } from '../translate.ts';

/** What the schemas say of a field. A test has each of them. */
const aboutFields = {
  'a team member can’t lead a team: choose another role':
    'Ein Teammitglied kann kein Team leiten: Wählen Sie eine andere Rolle',
  'must be 0 or at least 0.000000001 in magnitude': 'muss 0 sein oder mindestens 0,000000001 davon entfernt',
  'must be 1 to 64 visible ASCII characters': 'muss aus 1 bis 64 sichtbaren ASCII-Zeichen bestehen',
  'must be a check-in id': 'muss die Kennung eines gemeldeten Werts sein',
  'must be a date like 2026-11-24': 'muss ein Datum wie 2026-11-24 sein',
  'must be a date like 2026-11-24 or a time like 2026-11-24T12:00:00Z':
    'muss ein Datum wie 2026-11-24 oder eine Zeit wie 2026-11-24T12:00:00Z sein',
  'must be a mail domain like example.com': 'muss eine Maildomain wie example.com sein',
  'must be a number, or {low, high}': 'muss eine Zahl sein, oder zwei: {low, high}',
  'must be a number for a KPI that goes {}': 'muss bei einem KPI, der {1} soll, eine Zahl sein',
  'must be a subject, or a subject, a slash and an id':
    'muss eine Sache sein, oder eine Sache, ein Schrägstrich und eine Kennung',
  'must be a thing such as user/user_1, or a noun and a slash':
    'muss etwas wie user/user_1 sein, oder ein Wort und ein Schrägstrich',
  'must be a user id': 'muss die Kennung einer Person sein',
  'must be a user id, or a function such as system:expiry':
    'muss die Kennung einer Person sein, oder eine Funktion wie system:expiry',
  'must be an ETag as it was answered, with its quotation marks':
    'muss ein ETag sein, wie er geantwortet wurde, mit seinen Anführungszeichen',
  'must be above "low"': 'muss über „Nicht unter“ liegen',
  'must be after "start"': 'muss nach „Von“ liegen',
  'must be an action such as user.removed, or a noun and a dot':
    'muss etwas wie user.removed sein, oder ein Wort und ein Punkt',
  'must be an e-mail address': 'muss eine E-Mail-Adresse sein',
  'must be an organization id': 'muss die Kennung einer Organisation sein',
  'must be at most 100': 'dürfen höchstens 100 sein',
  'must be at most 20 domains': 'dürfen höchstens 20 Domains sein',
  'must be at most 20 facts': 'dürfen höchstens 20 Angaben sein',
  'must be at most 20 people': 'dürfen höchstens 20 Personen sein',
  'must be at most {} characters': 'darf höchstens {1} Zeichen lang sein',
  'must be at most {} days from "from" on': 'darf höchstens {1} Tage nach „Von“ liegen',
  'must be between 2000 and 2100': 'muss zwischen 2000 und 2100 liegen',
  'must be shorter': 'muss kürzer sein',
  'must be shorter when its signs are written out':
    'muss kürzer sein, wenn seine Zeichen ausgeschrieben sind',
  'must be {low, high} for a KPI to keep between': 'braucht bei „Zwischen zwei Werten halten“ zwei Werte',
  'must be {} id': 'muss die Kennung {1} sein',
  'must be {} the baseline': 'muss {1} dem Wert am Anfang liegen',
  'must begin with one of {}': 'muss hiermit beginnen: {1}',
  'must change something': 'muss etwas ändern',
  'must come together with "to"': 'braucht auch „Bis“',
  'must have either role or status': 'braucht entweder eine Rolle oder einen Status',
  'must name at most {} states': 'darf höchstens {1} Fassungen nennen',
  'must name somebody': 'muss jemanden nennen',
  'must not be before "from"': 'darf nicht vor „Von“ liegen',
  'must not be before "from", and at most a year after it':
    'darf nicht vor „Von“ liegen und höchstens ein Jahr danach',
  'must not be before the start date': 'darf nicht vor dem Beginn liegen',
  "must not be before {}, when the KPI's period begins": 'darf nicht vor {1} liegen, dem Beginn des KPI',
  'must not be named "constructor" or "__proto__"': 'darf nicht „constructor“ oder „__proto__“ heißen',
  'must not be empty': 'darf nicht leer sein',
  'must not be in the future': 'darf nicht in der Zukunft liegen',
  'must not contain control characters': 'darf keine Steuerzeichen enthalten',
  'must not contain characters that turn the direction of text':
    'darf keine Zeichen enthalten, die die Schreibrichtung umkehren',
  'must not contain spaces': 'darf keine Leerzeichen enthalten',
  'must not stack so many marks on one letter': 'darf nicht so viele Zeichen auf einem Buchstaben stapeln',
  'must be named in letters, digits, ".", "_", "-"':
    'darf nur Namen aus Buchstaben, Ziffern, „.“, „_“ und „-“ haben',
  'needs a team': 'braucht ein Team',
  // Where a schema has no sentence of its own. What is said in more words stands above.
  'is not valid': 'ist nicht gültig',
  'is required': 'ist erforderlich',
  'must be a list': 'muss eine Liste sein',
  'must be a number': 'muss eine Zahl sein',
  'must be a time like 2026-11-24T12:00:00Z': 'muss eine Zeit wie 2026-11-24T12:00:00Z sein',
  'must be a whole number': 'muss eine ganze Zahl sein',
  'must be an object': 'muss ein Objekt sein',
  'must be at least {} characters': 'muss mindestens {1} Zeichen lang sein',
  'must be at least {}': 'muss mindestens {1} sein',
  'must be at most {}': 'darf höchstens {1} sein',
  'must be less than {}': 'muss kleiner als {1} sein',
  'must be more than {}': 'muss größer als {1} sein',
  'must be one of {}': 'muss eines hiervon sein: {1}',
  'must be text': 'muss Text sein',
  'must be true or false': 'muss „true“ oder „false“ sein',
  'must have at least {} items': 'muss mindestens {1} Einträge haben',
  'must have at most {} items': 'darf höchstens {1} Einträge haben',
  'must not have {}': 'darf dies nicht enthalten: {1}',
} as const;

/** What the server says when it refuses. A test has each of them. */
const refusals = {
  'A later state is known.': 'Ein neuerer Stand ist schon bekannt.',
  'A request with this Idempotency-Key is being processed. Ask again in a few seconds for its answer.':
    'Diese Anfrage wird gerade bearbeitet. Fragen Sie in ein paar Sekunden noch einmal.',
  'A request with this Idempotency-Key was done, and your role or teams have changed since. Read what there is now instead.':
    'Diese Anfrage ist ausgeführt, und Ihre Rolle oder Teams haben sich seither geändert. Lesen Sie, was jetzt da ist.',
  'A team of this name exists already.': 'Ein Team mit diesem Namen gibt es schon.',
  'An organization of this name exists already.': 'Eine Organisation mit diesem Namen gibt es schon.',
  'Another organization has this external id already.':
    'Diese externe Kennung hat schon eine andere Organisation.',
  'Another run of this shard has taken over.': 'Ein anderer Lauf dieses Teils ist schon dran.',
  'KPIs belong to this team. Give them to another team or remove them first, then try again.':
    'Dem Team gehören KPIs. Geben Sie sie erst einem anderen Team, oder löschen Sie sie.',
  'More than {} requests in this minute are more than the plan allows. Wait for the next minute.':
    'Mehr als {1} Anfragen in einer Minute erlaubt der Plan nicht. Warten Sie die nächste Minute ab.',
  'More than {} requests in this minute are more than one person may make. Wait for the next minute.':
    'Mehr als {1} Anfragen in einer Minute darf eine Person nicht stellen. Warten Sie die nächste Minute ab.',
  'Nobody signs in here.': 'Hier meldet sich niemand an.',
  'Only a team leader or an admin can lead a team. Give {} the role team leader first, then try again.':
    'Nur wer Teamleitung oder Admin ist, kann ein Team leiten. Geben Sie {1} erst die Rolle Teamleitung.',
  'Only the platform’s super admin may do this.': 'Das dürfen nur die Super-Admins der Plattform.',
  'Others report on this KPI at the same moment. Try again.':
    'Andere melden gerade Werte dieses KPI. Versuchen Sie es noch einmal.',
  'Send If-Match with the ETag of what you change, so that nobody else’s change is lost.':
    'Laden Sie die Seite neu: Ihr fehlt, welche Fassung geändert wird.',
  'Send the body in UTF-8.': 'Die Anfrage hat die falsche Form.',
  'Send the body without a content encoding such as gzip.': 'Die Anfrage hat die falsche Form.',
  'Send the body as application/json.': 'Die Anfrage hat die falsche Form.',
  'Sign in first.': 'Melden Sie sich zuerst an.',
  'Some of what was sent is not right.': 'Etwas davon stimmt noch nicht.',
  'Somebody else changed this at the same moment. Try again.':
    'Jemand anderes hat das im selben Moment geändert. Versuchen Sie es noch einmal.',
  'Somebody else has changed this since you read it. Read it again, then try again.':
    'Jemand anderes hat das geändert, seit Sie es geöffnet haben. Laden Sie es neu, dann noch einmal.',
  'Something went wrong on our side. Try again.': 'Bei uns ging etwas schief. Versuchen Sie es noch einmal.',
  'The KPI doesn’t fit together.': 'Die Angaben des KPI passen nicht zusammen.',
  'The body begins with a byte order mark. Send it without one.': 'Die Anfrage hat die falsche Form.',
  'The body is not in UTF-8, or has characters that were lost (U+FFFD).':
    'Der Text enthält Zeichen, die verloren gegangen sind (U+FFFD).',
  'The body may be nested {} levels deep at most.': 'Die Anfrage hat die falsche Form.',
  'The body is not JSON.': 'Die Anfrage hat die falsche Form.',
  'The body may have 64 KB at most.': 'Das ist zu viel auf einmal: höchstens 64 KB gehen.',
  'The check-in is for a time that doesn’t fit.': 'Der Wert gilt für eine Zeit, die nicht passt.',
  'The entry is there.': 'Den Eintrag gibt es schon.',
  'The event is there.': 'Das Ereignis gibt es schon.',
  'The header If-Match {}.': 'Die Anfrage hat die falsche Form.',
  'The header Idempotency-Key {}.': 'Die Anfrage hat die falsche Form.',
  'The plan "{}" allows {} {}, and all are in use. Remove some, or ask the platform for a larger plan.':
    'Der Plan {1} erlaubt {2} {3}, und alle sind vergeben. Geben Sie welche frei, oder fragen Sie die Plattform nach einem größeren Plan.',
  'The platform has its first super admin already.': 'Die Plattform hat schon einen ersten Super-Admin.',
  'The resource names no subject.': 'So eine Sache gibt es nicht.',
  'The session has expired. Sign in again.': 'Die Sitzung ist abgelaufen. Melden Sie sich noch einmal an.',
  'The session is not complete. Finish signing in.': 'Die Anmeldung ist noch nicht fertig.',
  "The sign-in service can't be reached. Nothing was changed; try again.":
    'Der Anmeldedienst ist nicht erreichbar. Nichts wurde geändert; versuchen Sie es noch einmal.',
  "The sign-in service can't be reached. Try again in a moment.":
    'Der Anmeldedienst ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  'The team is gone, is full, or has a leader already. Choose another team.':
    'Das Team gibt es nicht mehr, es ist voll, oder es hat schon eine Leitung. Wählen Sie ein anderes.',
  'The team of this invitation has no place any more.': 'Das Team dieser Einladung hat keinen Platz mehr.',
  'The token is not valid.': 'Die Anmeldung gilt nicht. Melden Sie sich noch einmal an.',
  'The webhook is not signed as it should be.': 'Die Nachricht ist nicht richtig unterschrieben.',
  'There is no such KPI.': 'Diesen KPI gibt es nicht.',
  'There is no such address.': 'Diese Adresse gibt es nicht.',
  'There is no such invitation.': 'Diese Einladung gibt es nicht.',
  'There is no such organization.': 'Diese Organisation gibt es nicht.',
  'There is no such team.': 'Dieses Team gibt es nicht.',
  'There is no such thing here, or you may not see it.':
    'Das gibt es hier nicht, oder Sie dürfen es nicht sehen.',
  'There is no such thing here.': 'Das gibt es hier nicht.',
  'There is no such user.': 'Diese Person gibt es nicht.',
  'There is no such {} in this organization.': 'Das gibt es in dieser Organisation nicht: {1}.',
  'They are deactivated, so no rule is asked.': 'Die Person ist deaktiviert; keine Regel gilt für sie.',
  'This address already has an account or an open invitation.':
    'Diese Adresse hat schon ein Konto oder eine offene Einladung.',
  'This address stands in line {} of the list already.': 'Diese Adresse steht schon in Zeile {1} der Liste.',
  'This Idempotency-Key was used for another request. Take a new key for each new request.':
    'Die Anfrage hat einen Schlüssel, der schon benutzt ist.',
  "This invitation was {}; it can't be sent again.":
    'Diese Einladung ist {1}; sie lässt sich nicht noch einmal senden.',
  'This invitation was used or taken back at the same moment.':
    'Diese Einladung wurde im selben Moment benutzt oder zurückgenommen.',
  'This invitation was {} already.': 'Diese Einladung ist schon {1}.',
  'This is the only admin. Make somebody else an admin first, then try again.':
    'Das ist der einzige Admin. Machen Sie erst jemand anderen zum Admin.',
  'This invitation is over.': 'Diese Einladung ist vorbei.',
  'This organization has users, invitations, teams or KPIs.':
    'Diese Organisation hat Personen, Einladungen, Teams oder KPIs.',
  'This organization invites addresses of {} only.': 'Diese Organisation lädt nur Adressen hiervon ein: {1}.',
  'This organization is active already.': 'Diese Organisation ist schon aktiv.',
  'This organization is suspended already.': 'Diese Organisation ist schon gesperrt.',
  'This organization is suspended. Ask the platform to reactivate it.':
    'Diese Organisation ist gesperrt. Bitten Sie die Plattform, sie wieder zu aktivieren.',
  "This organization's plan ended on {}. Ask the platform to renew it.":
    'Der Plan dieser Organisation endete am {1}. Bitten Sie die Plattform, ihn zu verlängern.',
  'This page link is not valid here any more. Start again from the first page.':
    'Diese Stelle der Liste gilt nicht mehr. Beginnen Sie wieder vorn.',
  'This person is already a member.': 'Diese Person gehört schon dazu.',
  'This person is not in the team.': 'Diese Person ist nicht im Team.',
  'This person was changed or removed at the same moment. Read again, then try again.':
    'Diese Person wurde im selben Moment geändert oder entfernt. Laden Sie neu, dann noch einmal.',
  'This team has {} members, and one of at most {} can be deleted. Take some out first, then try again.':
    'Dieses Team hat {1} Mitglieder, gelöscht werden kann eines mit höchstens {2}. Nehmen Sie erst welche heraus.',
  'This team has {} members, the most there can be.': 'Dieses Team hat {1} Mitglieder; mehr gehen nicht.',
  'This token is not a session token.': 'Die Anmeldung gilt nicht. Melden Sie sich noch einmal an.',
  'This token was made for another application.': 'Die Anmeldung gilt nicht. Melden Sie sich noch einmal an.',
  'Too many requests without a membership. Wait for the next minute.':
    'Zu viele Anfragen ohne Mitgliedschaft. Warten Sie die nächste Minute ab.',
  'You are signed in, but no organization has you yet.':
    'Sie sind angemeldet, gehören aber noch zu keiner Organisation.',
  'Your account here is deactivated. Ask an admin of your organization to reactivate it.':
    'Ihr Konto ist deaktiviert. Bitten Sie einen Admin Ihrer Organisation, es wieder zu aktivieren.',
  'Your role may not grant, change or remove the role {}.':
    'Ihre Rolle darf die Rolle {1} weder geben noch ändern noch nehmen.',
  'Your role may not {} {}.': 'Ihre Rolle darf das nicht.',
  '{} leads {} teams. Give some of them another leader first, then try again.':
    '{1} leitet {2} Teams. Geben Sie einigen davon erst eine andere Leitung.',
  "{} is deactivated, and can't lead a team. Reactivate them first, then try again.":
    '{1} ist deaktiviert und kann kein Team leiten. Aktivieren Sie die Person erst wieder.',
  '{} is in {} teams already, the most there can be.': '{1} ist schon in {2} Teams; mehr gehen nicht.',
} as const;

/** What the forms themselves say of what was typed. */
const typed = {
  'This can mean two numbers. Type {} for the whole number or {}.{} for the decimal.':
    'Das kann zwei Zahlen bedeuten. Geben Sie für die ganze Zahl {1} ein, für die Kommazahl {2},{3}.',
} as const;

/** What stands in the places of sentences. */
const words = {
  'a KPI': 'eines KPI',
  'a team': 'eines Teams',
  'an invitation': 'einer Einladung',
  above: 'über',
  accepted: 'angenommen',
  below: 'unter',
  down: 'sinken',
  enterprise: 'Enterprise',
  expired: 'abgelaufen',
  growth: 'Growth',
  number: 'eine Zahl',
  org_admin: 'Admin',
  revoked: 'zurückgenommen',
  starter: 'Starter',
  string: 'ein Text',
  super_admin: 'Super-Admin',
  team: 'Team',
  team_leader: 'Teamleitung',
  team_member: 'Teammitglied',
  teams: 'Teams',
  up: 'steigen',
  user: 'Person',
  'users, open invitations included': 'Plätze, offene Einladungen mitgezählt',
} as const;

/** What the server and the schemas say in English, by sentence. */
export const sentences: Readonly<Record<string, string>> = { ...aboutFields, ...refusals };

export const server = translator({ ...sentences, ...typed }, words);
