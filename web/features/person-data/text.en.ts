/** What an organization stores about one person. */
export const texts = {
  title: 'Personal data',
  export: 'Data export',
  exportText:
    'Everything your organization holds about this person: profile, teams, invitations, check-ins, comments, initiatives, and audit log entries by or about them. A ZIP file of JSON lines with checksums.',
  ownText:
    'Everything your organization holds about you: profile, teams, invitations, check-ins, comments, initiatives, and audit log entries by or about you. A ZIP file of JSON lines with checksums.',
  erasure: 'Erase personal data',
  erasureText:
    'Replaces this person’s names, email addresses and user ID with a pseudonym everywhere, also in the audit log, and removes their IP addresses and devices. The audit log can still be verified. This can’t be undone.',
  ownErasureText:
    'Ask your organization to erase your name, email addresses and user ID once you’re no longer a member. An admin removes you and carries it out.',
  erase: 'Erase personal data',
  askErasure: 'Request erasure',
  approve: 'Approve and erase',
  withdraw: 'Withdraw request',
  sure: 'Erase personal data?',
  sureText:
    'Names, email addresses and the user ID are replaced with a pseudonym everywhere. This can’t be undone. Export the data first if anyone still needs it.',
  asked: 'Erasure requested',
  withdrawn: 'Request withdrawn',
  erasureStates: {
    asked: (who: string) => `Requested by ${who}`,
    waiting: (who: string) => `Requested by ${who}. Another admin has to approve this.`,
    running: (_: string) => 'Being erased. This can take an hour.',
    done: (_: string) => 'Erased',
    withdrawn: (_: string) => 'Withdrawn',
  },
  aloneFrom: (day: string) => `Without another admin, you can approve this yourself from ${day}.`,
  create: 'Export data',
  createAgain: 'Create a new export',
  requested: 'Your export is being created',
  states: {
    waiting: 'Starts in a few minutes',
    running: 'Being created',
    ready: 'Ready',
    expired: 'Expired',
  },
  exported: (items: string) => `${items} items`,
  until: (day: string) => `Available until ${day}`,
  download: 'Download',
};

export const trail = {
  actions: {
    'person-export.requested': 'Export of personal data requested',
    'person-export.completed': 'Export of personal data completed',
    'person-export.deleted': 'Export of personal data removed',
    'erasure.requested': 'Erasure of personal data requested',
    'erasure.approved': 'Erasure of personal data approved',
    'erasure.withdrawn': 'Erasure request withdrawn',
    'erasure.completed': 'Personal data erased',
  },
  fields: {
    requestedAt: 'Requested',
    requestedBy: 'Requested by',
    pseudonym: 'Pseudonym',
    entries: 'Audit log entries',
  },
  values: {
    status: {
      asked: 'requested',
      waiting: 'waiting',
      running: 'running',
      done: 'done',
      withdrawn: 'withdrawn',
    },
  },
};
