/** Comments on KPIs. */
export const texts = {
  all: 'Comments',
  none: 'No comments yet',
  noneText: 'Everyone who can see this KPI sees its comments and can add one.',
  label: 'New comment',
  add: 'Comment',
  edit: 'Edit',
  editOf: (name: string) => `Edit your comment: ${name}`,
  text: 'Comment',
  edited: 'Edited',
  delete: 'Delete',
  deleteTitle: 'Delete this comment?',
  deleteText: 'This can’t be undone. The audit log keeps a record of it.',
  deleteNow: 'Delete comment',
  deleted: 'Comment deleted',
};

/** Audit log names of actions, attributes and values. */
export const trail = {
  actions: {
    'comment.created': 'Comment added',
    'comment.updated': 'Comment edited',
    'comment.deleted': 'Comment deleted',
    'comment.expired': 'Comment deleted with its KPI',
  },
  fields: { commentId: 'Comment', text: 'Text' },
};
