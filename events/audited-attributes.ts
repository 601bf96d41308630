/** What every item of the trail shows of itself, beside the attributes of its kind. */
export const commonAttributes = ['organizationId', 'revision', 'createdAt', 'updatedAt'] as const;

/**
 * Which attributes of each kind of item the audit trail shows. What isn't named stays out: keys of the table
 * and its indexes, ids at the sign-in service, and whatever somebody adds and forgets to think about. A test
 * names each attribute that is in neither list here.
 */
export const auditedAttributes: Readonly<Record<string, readonly string[]>> = {
  accessEvent: ['access'],
  organization: [
    'name',
    'contactPerson',
    'status',
    'inactiveReason',
    'plan',
    'startDate',
    'endDate',
    'allowedDomains',
    'externalId',
    'metadata',
  ],
  user: ['userId', 'email', 'name', 'role', 'status'],
  invitation: [
    'invitationId',
    'email',
    'name',
    'role',
    'teamId',
    'teamRole',
    'status',
    'delivery',
    'deliveryProblem',
    'invitedBy',
    'acceptedBy',
    'validUntil',
    'lifetimeDays',
  ],
  team: ['teamId', 'name', 'description', 'leaderId', 'createdBy'],
  teamMember: ['teamId', 'userId', 'email', 'name', 'role', 'joinedAt'],
  kpi: ['kpiId', 'name', 'description', 'unit', 'goal', 'owner', 'assigneeIds', 'createdBy', 'latest'],
  checkIn: ['kpiId', 'checkInId', 'at', 'value', 'note', 'by'],
  importRun: ['runId', 'state'],
};

/** Attributes that stay out of the trail knowingly, by kind of item. */
export const unshownAttributes: Readonly<Record<string, readonly string[]>> = {
  accessEvent: ['partition', 'eventKey', 'about', 'expiresAt'],
  // The team's own record of its members says the same.
  user: ['teams', 'identityTime'],
  invitation: ['providerId', 'teamKey', 'inviterRole'],
  team: ['memberCount'],
  kpi: ['holder'],
  checkIn: ['expiresAt'],
};

/**
 * Attributes that only repeat what another item of the transaction says, by kind of item. A change that is
 * stamped as an echo and touches nothing but these, and what isn't shown, leaves no entry: that other item's
 * entry tells of it.
 */
export const echoedAttributes: Readonly<Record<string, readonly string[]>> = {
  team: ['leaderId'],
  teamMember: ['name', 'email'],
  kpi: ['latest'],
};
