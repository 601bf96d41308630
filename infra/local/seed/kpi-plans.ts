import type { Goal } from '../../../domain/kpi/goal.schema.ts';

/** How a KPI of the seed goes: as it should, somewhat behind, far behind; reported on no more for weeks, or never. */
export type Course = 'well' | 'behind' | 'badly' | 'silent' | 'untouched';

/** One KPI of the seed. Its period begins when it is made. */
export interface KpiPlan {
  readonly name: string;
  readonly unit: string;
  readonly direction: Goal['direction'];
  readonly baseline: number;
  readonly target: Goal['target'];
  readonly course: Course;
  /** Whose it is: a team by its name; without one, the first admin's. */
  readonly team?: string;
}

const kpi = (
  name: string,
  unit: string,
  [direction, baseline, target]: readonly [Goal['direction'], number, Goal['target']],
  course: Course,
  team?: string,
): KpiPlan => ({ name, unit, direction, baseline, target, course, ...(team === undefined ? {} : { team }) });

/** The KPIs of each organization of the seed that has some. */
export const kpiPlans: Readonly<Record<string, readonly KpiPlan[]>> = {
  'Northwind Logistics': [
    kpi('On-time deliveries', '%', ['up', 88, 97], 'well', 'Freight Operations'),
    kpi('Empty kilometres', '%', ['down', 27, 18], 'behind', 'Freight Operations'),
    kpi('Picking errors', 'per 10,000', ['down', 42, 15], 'well', 'Warehouse North'),
    kpi('Hall temperature', '°C', ['between', 16, { low: 14, high: 18 }], 'well', 'Warehouse North'),
    kpi('Lines picked in an hour', 'lines', ['up', 95, 140], 'badly', 'Warehouse South'),
    kpi('First answer', 'minutes', ['down', 210, 60], 'behind', 'Customer Care'),
    kpi('Satisfied customers', '%', ['up', 71, 85], 'well', 'Customer Care'),
    kpi('Vehicles off the road', '%', ['between', 6, { low: 2, high: 5 }], 'badly', 'Fleet and Maintenance'),
    kpi('Consignments held at the border', 'per week', ['down', 18, 5], 'silent', 'Customs'),
    kpi('Margin', '%', ['up', 6.5, 9], 'well'),
  ],
  'Bluebird Health': [
    kpi('Appointments within five days', '%', ['up', 58, 80], 'well', 'Care Coordination'),
    kpi('Missed appointments', '%', ['down', 14, 7], 'behind', 'Care Coordination'),
    kpi('Systems available', '%', ['up', 98.2, 99.9], 'badly', 'Clinic Systems'),
    kpi('Open tickets', 'tickets', ['between', 60, { low: 20, high: 50 }], 'behind', 'Clinic Systems'),
    kpi('Days to a paid bill', 'days', ['down', 48, 30], 'well', 'Billing'),
    kpi('Bills sent back', '%', ['down', 9, 3], 'silent', 'Billing'),
    kpi('New clinics', 'clinics', ['up', 0, 4], 'untouched'),
  ],
  'Cedar & Finch Studio': [
    kpi('Hours that are billed', '%', ['up', 61, 75], 'well', 'Studio'),
    kpi('Proposals won', '%', ['up', 24, 40], 'badly', 'Studio'),
    kpi('Pipeline', 'thousand €', ['up', 80, 200], 'untouched'),
  ],
  'Harbour Retail Group': [
    kpi('Sales per square metre', '€', ['up', 310, 380], 'behind', 'Shops'),
    kpi('Shrinkage', '%', ['down', 2.4, 1.2], 'well', 'Shops'),
  ],
  'Oakline Manufacturing': [
    kpi('Presses delivered', 'presses', ['up', 0, 24], 'silent', 'Assembly'),
    kpi('Rework', 'hours', ['down', 120, 60], 'silent', 'Assembly'),
  ],
};
