import { inEnglish } from '../../text/count.ts';
/** Actions that need two super admins. */
export const texts = {
  title: 'Approvals',
  text: 'Some actions need two super admins: one requests, another approves. Nothing happens until then.',
  addSuperAdmin: 'Add super admin',
  superAdminText:
    'Another super admin has to approve this. If the person has no account yet, they’re invited by email. An account that belongs to an organization can’t become a super admin.',
  exportTitle: 'Request an export of all audit logs',
  exportText: (format: string, from: string, to: string) =>
    `A ${format} file with the entries of all organizations from ${from} to ${to}, with your current filters. Another super admin has to approve it. You can then download it under Approvals.`,
  request: 'Send request',
  requested: 'Request sent',
  reason: 'Reason',
  reasonNote: 'The other super admin reads this. It’s kept in the audit log.',
  willConfirm: 'You’ll be asked to confirm that it’s you.',
  waiting: (count: number) => `${inEnglish(count)} waiting for you`,
  waitingForYou: 'Waiting for you',
  nothingWaits: 'You’re all caught up',
  yours: 'Your requests',
  noneOfYours: 'No open requests',
  others: 'Approved requests of others',
  history: 'History',
  noHistory: 'No earlier requests yet',
  makeSuperAdmin: (name: string) => `Make ${name} a super admin`,
  kinds: {
    'super-admin.create': 'Add super admin',
    'audit-feed.export': 'Export all audit logs',
    'organization.remove-data': 'Delete all data of an organization',
    'support-access.extend': 'Extend support access',
  },
  fields: {
    email: 'Email',
    name: 'Name',
    format: 'Format',
    from: 'From',
    to: 'To',
    actor: 'Person',
    action: 'Action',
    resource: 'Item',
    about: 'About',
    organizationId: 'Organization ID',
    supportAccessId: 'Support access ID',
    minutes: 'Minutes',
  },
  contentOf: (kind: string) => `${kind}: details`,
  fingerprint: 'Fingerprint',
  requestedBy: 'Requested by',
  approvedBy: 'Approved by',
  factors: { first: 'confirmed by signing in again', second: 'confirmed with a second factor' },
  statuses: {
    waiting: 'Waiting for approval',
    approved: 'Approved',
    carried_out: 'Done',
    refused: 'Refused',
    withdrawn: 'Withdrawn',
    voided: 'Void',
    expired: 'Expired',
  },
  voids: {
    changed: 'Something the request relied on changed before it was carried out.',
    another_input: 'The stored request doesn’t match the original one.',
    requester_gone: 'The person who requested it is no longer a super admin.',
    approver_gone: 'The person who approved it is no longer a super admin.',
    member_elsewhere: 'The account belongs to an organization.',
    already_super_admin: 'This person was already a super admin.',
    undeliverable: 'The invitation couldn’t be sent to this email address.',
  },
  next: {
    needsOther: (until: string) => `Another super admin can approve it until ${until}.`,
    alone: (from: string) =>
      `You’re the only super admin, so a waiting period replaces the second approval: it can go ahead from ${from}. You can withdraw it until then. If another super admin joins, they have to approve it.`,
    waitOver: (isAutomatic: boolean, until: string) =>
      isAutomatic
        ? 'The waiting period is over. It’s carried out within ten minutes.'
        : `The waiting period is over. You can go ahead until ${until}.`,
    becomes: (name: string) =>
      `If you approve, ${name} becomes a super admin right away, or is invited by email if they have no account.`,
    mayCarryOut: (name: string) => `If you approve, ${name} can carry it out once within 24 hours.`,
    underWay: 'It’s being carried out.',
    invited: (name: string, until: string) =>
      `${name} was invited by email and becomes a super admin once they have an account. The invitation is valid until ${until}.`,
    download: (until: string) => `You have until ${until} to download the file. You can do this once.`,
    extend: (until: string) => `You have until ${until} to extend the support access. You can do this once.`,
    remove: (until: string) =>
      `You have until ${until} to delete the data. Once deletion starts, it can’t be undone.`,
    theirs: (name: string, until: string) => `${name} can carry it out until ${until}.`,
  },
  actionsFor: (title: string) => `Actions: ${title}`,
  approve: 'Approve',
  approveTitle: 'Approve this request?',
  ends: {
    refuse: {
      title: 'Refuse this request?',
      text: (title: string) => `“${title}” won’t be carried out. This can’t be undone.`,
      action: 'Refuse',
    },
    withdraw: {
      title: 'Withdraw this request?',
      text: (title: string) => `“${title}” won’t be carried out. You can request it again.`,
      action: 'Withdraw',
    },
  },
  became: (title: string, status: 'approved' | 'refused' | 'withdrawn' | 'voided') =>
    `${{ approved: 'Approved', refused: 'Refused', withdrawn: 'Withdrawn', voided: 'Void' }[status]}: ${title}`,
  download: 'Download',
  downloading: (kilobytes: number) => `${kilobytes} KB`,
  downloaded: 'Audit logs downloaded',
  remove: 'Delete all data',
  removed: 'Deletion started',
  removeTitle: 'Request deletion of all data',
  removeText: (name: string) =>
    `Deletes all data of ${name}. Another super admin has to approve it. It can’t be undone once it has started.`,
  extend: 'Extend support access',
  extended: 'Support access extended',
  extendTitle: 'Request more support access',
  extendText: (minutes: number) =>
    `Your support access lasts ${minutes} minutes longer once another super admin has approved it. You can then extend it under Approvals.`,
  carryOut: 'Carry out now',
  done: 'Carried out',
  notYet: 'Not done yet. It continues automatically.',
  columns: {
    request: 'Request',
    requestedBy: 'Requested by',
    decidedBy: 'Decided by',
    status: 'Status',
    at: 'Last change',
  },
};

/** Audit log names of actions, attributes and values. */
export const trail = {
  actions: {
    'approval.requested': 'Approval requested',
    'approval.approved': 'Request approved',
    'approval.refused': 'Request refused',
    'approval.withdrawn': 'Request withdrawn',
    'approval.voided': 'Request void',
    'approval.expired': 'Request expired',
    'approval.carried-out': 'Request carried out',
  },
  fields: {
    kind: 'Request',
    input: 'Details',
    touches: 'Revisions',
    hash: 'Fingerprint',
    reason: 'Reason',
    requestedBy: 'Requested by',
    approvedBy: 'Approved by',
    factor: 'Confirmed with',
    openUntil: 'Open until',
    waitsUntil: 'Waiting period ends',
    endReason: 'Reason for ending',
    outcome: 'Result',
  },
  values: {
    kind: {
      'super-admin.create': 'Add super admin',
      'audit-feed.export': 'Export all audit logs',
      'organization.remove-data': 'Delete all data of an organization',
      'support-access.extend': 'Extend support access',
    },
    factor: { first: 'first factor', second: 'second factor' },
    status: {
      waiting: 'waiting for approval',
      approved: 'approved',
      carried_out: 'done',
      refused: 'refused',
      withdrawn: 'withdrawn',
      voided: 'void',
      expired: 'expired',
    },
  },
};
