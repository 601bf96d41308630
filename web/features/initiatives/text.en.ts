/** Initiatives: what teams do to move their KPIs. */
export const texts = {
  all: 'Initiatives',
  title: 'Title',
  kpi: 'KPI',
  ownerId: 'Owner',
  dueDate: 'Due',
  status: 'Status',
  statuses: { planned: 'Planned', active: 'Active', done: 'Done', dropped: 'Dropped' },
  notes: 'Notes',
  overdue: 'Overdue',
  newOne: 'New initiative',
  create: 'Create initiative',
  none: 'No initiatives yet',
  noneText: 'An initiative is what a team does to move a KPI. Create one on the KPI’s page.',
  edit: 'Edit',
  editTitle: (title: string) => `Edit ${title}`,
  setTo: (status: string) => `Mark as “${status}”`,
  delete: 'Delete',
  deleteTitle: (title: string) => `Delete ${title}?`,
  deleteText: 'An admin can restore it from the audit log within 30 days.',
  deleteNow: 'Delete initiative',
  deleted: (title: string) => `${title} deleted`,
  actionsOf: (title: string) => `Actions for ${title}`,
};

/** Audit log names of actions, attributes and values. */
export const trail = {
  actions: {
    'initiative.created': 'Initiative created',
    'initiative.deleted': 'Initiative deleted',
    'initiative.restored': 'Initiative restored',
    'initiative.expired': 'Initiative deleted with its KPI',
    'initiative.updated': 'Initiative updated',
  },
  fields: {
    initiativeId: 'Initiative',
    title: 'Title',
    ownerId: 'Owner',
    dueDate: 'Due',
    notes: 'Notes',
  },
};
