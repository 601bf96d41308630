import { refusals } from '../errors.ts';

/** Refusals of the KPI and check-in use cases. */
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
  kpi_name_not_found: ['not_found', 'No KPI with this name or ID.'],
  kpi_name_shared: ['conflict', 'Several KPIs have this name. Use the ID of the one you mean.'],
  check_in_listed_twice: ['already_exists', 'Line {line} has the same KPI and date.'],
  check_in_differs: [
    'already_exists',
    'This KPI already has the value {value} for this date. Correct it on the KPI’s page.',
  ],
  kpi_computed: ['conflict', 'This KPI is computed from others. Check in on those instead.'],
  kpi_source_not_found: ['validation_failed', 'KPI not found.', 'formula.sources'],
  kpi_formula_circle: [
    'validation_failed',
    'This KPI would be computed from itself: {path}.',
    'formula.sources',
  ],
  kpi_formula_too_deep: [
    'validation_failed',
    'A KPI can be computed from computed KPIs, but those only from KPIs that people check in on.',
    'formula.sources',
  ],
  kpi_source_used_up: [
    'validation_failed',
    '{name} is already used by {most} computed KPIs.',
    'formula.sources',
  ],
  kpi_formula_fixed: [
    'validation_failed',
    'A KPI that people check in on can’t become a computed one. Create another KPI.',
    'formula',
  ],
  kpi_overtaken: ['conflict', 'Others are checking in on this KPI right now. Try again.'],
});
