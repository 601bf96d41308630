import { refusals } from '../errors.ts';

/** The refusals of use cases of KPIs and their check-ins. */
export const kpiRefusals = refusals({
  kpi_not_found: ['not_found', 'KPI not found.'],
  kpi_inconsistent: ['validation_failed', 'The KPI’s fields don’t fit together.'],
  kpi_team_not_found: ['validation_failed', 'Team not found in this organization.', 'owner.teamId'],
  kpi_user_not_found: ['validation_failed', 'User not found in this organization, or deactivated.'],
  check_in_time_wrong: ['validation_failed', 'A check-in isn’t possible for this time.'],
  check_in_settled: [
    'conflict',
    'Only the person who checked in can undo it, within 10 minutes. Correct the value instead.',
  ],
  kpi_overtaken: ['conflict', 'Others are checking in on this KPI right now. Try again.'],
});
