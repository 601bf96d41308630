/** What an organization holds about one person. */
export const texts = {
  title: 'Personal data',
  export: 'Data export',
  exportText:
    'Everything your organization holds about this person: profile, teams, invitations, check-ins, comments, initiatives, and audit log entries by or about them. A ZIP file of JSON lines with checksums.',
  ownText:
    'Everything your organization holds about you: profile, teams, invitations, check-ins, comments, initiatives, and audit log entries by or about you. A ZIP file of JSON lines with checksums.',
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
  },
  fields: { requestedAt: 'Requested' },
  values: {},
};
