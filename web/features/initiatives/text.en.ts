/** What teams do to move their KPIs. */
export const texts = {
  all: 'Initiatives',
  title: 'Title',
  kpi: 'KPI',
  ownerId: 'Owner',
  dueDate: 'Due',
  status: 'Status',
  statuses: { planned: 'Planned', active: 'Active', done: 'Done', dropped: 'Dropped' },
  notes: 'Notes',
  somebody: 'Somebody you don’t see',
  newOne: 'New initiative',
  create: 'Create',
  none: 'No initiatives yet',
  noneText: 'An initiative is something that is done to move a KPI. It is made on the KPI’s page.',
  edit: 'Edit…',
  editTitle: (title: string) => `Edit ${title}`,
  setTo: (status: string) => `Set to “${status}”`,
  delete: 'Delete…',
  deleteTitle: (title: string) => `Delete ${title}?`,
  deleteText: 'It can’t be brought back. The audit trail keeps what was done.',
  deleteNow: 'Delete',
  deleted: (title: string) => `${title} was deleted.`,
  actionsOf: (title: string) => `Actions for ${title}`,
};

/** What the audit trail calls actions, attributes and values. */
export const trail = {
  actions: {
    'initiative.created': 'Initiative created',
    'initiative.deleted': 'Initiative deleted',
    'initiative.expired': 'Initiative gone with its KPI',
    'initiative.updated': 'Initiative changed',
  },
  fields: {
    initiativeId: 'Initiative',
    title: 'Title',
    ownerId: 'Owner',
    dueDate: 'Due',
    notes: 'Notes',
  },
};
