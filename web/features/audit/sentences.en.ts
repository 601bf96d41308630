import { type Sentence, type Sentences, sentence } from '../../text/sentence.ts';
import type { Grammar } from './grammar.ts';

const verbs: Readonly<Record<string, string>> = {
  create: 'create',
  read: 'open',
  list: 'view',
  update: 'change',
  delete: 'delete',
  export: 'export',
  undo: 'undo changes in',
};

const things: Readonly<Record<string, string>> = {
  ApiKey: 'API keys',
  AuditEntry: 'the audit log',
  Access: 'permissions',
  Analytics: 'analytics',
  CheckIn: 'check-ins',
  Initiative: 'initiatives',
  Comment: 'comments',
  Invitation: 'invitations',
  Kpi: 'KPIs',
  Onboarding: 'onboarding',
  Organization: 'organizations',
  Subscription: 'plans',
  SupportAccess: 'support access',
  SupportConsent: 'support access',
  Team: 'teams',
  TeamMember: 'team members',
  UsageSnapshot: 'usage',
  User: 'users',
  Webhook: 'webhooks',
};

const refused: Sentence = ({ who, stored }) => {
  const [verb = '', thing = ''] = String(stored('access.asked') ?? '').split(' ');
  const times = stored('access.times');
  const often = times === undefined ? '' : ` (${String(times)} times)`;
  return verbs[verb] === undefined || things[thing] === undefined
    ? sentence`${who} was denied access${often}`
    : sentence`${who} was denied permission to ${verbs[verb]} ${things[thing]}${often}`;
};

export const sentences: Sentences = {
  actions: {
    'access.refused': refused,
    'audit.exported': ({ who, stored }) =>
      Object.keys(stored('access.filter') ?? {}).length === 0
        ? sentence`${who} exported the audit log`
        : sentence`${who} exported part of the audit log`,
    'audit.checkpoint-requested': ({ who }) => sentence`${who} requested a checkpoint of the audit log`,
    'import.started': () => 'An import started',
    'import.applied': () => 'An import finished',
    'import.undoing-started': () => 'An import is being undone',
    'import.undone': () => 'An import was undone',
  },
  fields: {
    name: 'the name',
    description: 'the description',
    status: 'the status',
    note: 'the comment',
  },
};

export const grammar: Grammar = {
  renamed: ({ who, it }, before) => sentence`${who} renamed ${before} to ${it}`,
  fromTo: ({ who, it }, field, before, after) =>
    sentence`${who} changed ${field} of ${it} from ${before} to ${after}`,
  setTo: ({ who, it }, field, after) => sentence`${who} set ${field} of ${it} to ${after}`,
  cleared: ({ who, it }, field) => sentence`${who} removed ${field} from ${it}`,
  edited: ({ who, it }, fields) => sentence`${who} changed ${fields} of ${it}`,
  field: (name) => `“${name}”`,
  others: (count) => (count === 1 ? '1 more field' : `${count} more fields`),
  plain: ({ who, it }, action) => sentence`${who}: ${action} ${it}`,
  undid: ({ who, it }, fields) =>
    fields === ''
      ? sentence`${who} undid a change to ${it}`
      : sentence`${who} undid a change to ${it}: ${fields}`,
  undidRestoring: ({ who, it }) => sentence`${who} undid restoring ${it}`,
  times: {
    'session.started': ({ who }, count) => sentence`${who} signed in ${count} times`,
    'check-in.created': ({ who }, count) => sentence`${who} checked in ${count} times`,
    'support-access.viewed': ({ who }, count) => sentence`${who} viewed ${count} pages in support access`,
    'access.refused': ({ who }, count) => sentence`${who} was denied access ${count} times`,
  },
};
