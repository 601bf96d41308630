import { type Sentence, type Sentences, sentence } from '../../text/sentence.ts';

const kinds: Readonly<Record<string, string>> = {
  Access: 'permissions',
  Analytics: 'analytics',
  AuditEntry: 'the audit log',
  CheckIn: 'check-ins',
  Initiative: 'initiatives',
  Invitation: 'invitations',
  Kpi: 'KPIs',
  Onboarding: 'the onboarding',
  Organization: 'the organization’s profile',
  Team: 'teams',
  UsageSnapshot: 'usage figures',
  User: 'users',
};

const things: Readonly<Record<string, string>> = {
  kpi: 'KPI',
  team: 'team',
  user: 'user',
  invitation: 'an invitation',
  entry: 'an audit log entry',
  initiative: 'an initiative',
};

const named = new Set(['kpi', 'team', 'user']);

const viewed: Sentence = ({ who, now, stored }) => {
  const seen = String(stored('access.seen') ?? '');
  const thing = named.has(seen)
    ? sentence`${things[seen]} ${now('access.thing')}`
    : (kinds[seen] ?? things[seen] ?? seen);
  return stored('access.viewedAs') === undefined
    ? sentence`${who} viewed ${thing}`
    : sentence`${who} viewed ${thing} as ${now('access.viewedAs')}`;
};

const forReason: (verb: string) => Sentence =
  (verb) =>
  ({ who, now, stored }) =>
    sentence`${who} ${verb} (${now('mode')}, ${String(stored('minutes') ?? '')} minutes): ${now('reason')}`;

export const sentences: Sentences = {
  actions: {
    'support-access.viewed': viewed,
    'support-access.opened': forReason('opened support access'),
    'support-access.emergency-opened': forReason('opened support access in an emergency'),
    'support-access.requested': forReason('requested support access'),
    'support-access.granted': ({ who, now }) =>
      sentence`${who} granted ${now('operatorName')} support access (${now('mode')}) until ${now('until')}`,
    'support-access.declined': ({ who, now }) =>
      sentence`${who} declined the support access requested by ${now('operatorName')}`,
    'support-access.narrowed': ({ who, now }) =>
      sentence`${who} narrowed the support access of ${now('operatorName')}: ${now('mode')}, until ${now('until')}`,
    'support-access.extended': ({ who, now }) =>
      sentence`${who} extended support access until ${now('until')}`,
    'support-access.ended': ({ who, now, stored }) =>
      stored('endedBy.id') === stored('operatorId')
        ? sentence`${who} ended support access`
        : sentence`${who} ended the support access of ${now('operatorName')}`,
    'support-access.view-started': ({ who, now }) =>
      sentence`${who} started viewing the organization as ${now('viewingAs')}`,
    'support-access.view-ended': ({ who, was }) =>
      sentence`${who} stopped viewing the organization as ${was('viewingAs')}`,
  },
  fields: { mode: 'the access', until: 'the end', reason: 'the reason' },
};
