import { refusals } from '../errors.ts';

/** The refusals of use cases of KPIs and their check-ins. */
export const kpiRefusals = refusals({
  kpi_not_found: ['not_found', 'There is no such KPI.'],
  kpi_inconsistent: ['validation_failed', 'The KPI doesn’t fit together.'],
  kpi_team_not_found: ['validation_failed', 'There is no such team in this organization.', 'owner.teamId'],
  kpi_user_not_found: ['validation_failed', 'There is no such active user in this organization.'],
  check_in_time_wrong: ['validation_failed', 'The check-in is for a time that doesn’t fit.'],
  kpi_overtaken: ['conflict', 'Others report on this KPI at the same moment. Try again.'],
});
