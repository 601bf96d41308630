import type { InitiativeStatus } from '../../../domain/initiative/initiative.schema.ts';
import type { Goal } from '../../../domain/kpi/goal.schema.ts';

/** How a KPI develops: as planned, somewhat behind, far behind, not reported for weeks, or never reported. */
type Course = 'well' | 'behind' | 'badly' | 'silent' | 'untouched';

/** A team's initiative for a KPI of the seed. Days are counted from the day of the seed. */
interface InitiativePlan {
  readonly title: string;
  readonly status: InitiativeStatus;
  readonly dueInDays: number;
  readonly notes?: string;
}

/** What happens around a KPI of the seed. */
export interface KpiStory {
  readonly description?: string;
  /** Notes on check-ins, by week of the KPI. */
  readonly notes?: Readonly<Record<number, string>>;
  readonly initiatives?: readonly InitiativePlan[];
}

/** One KPI of the seed. Its period begins when it is made. */
export interface KpiPlan {
  readonly name: string;
  readonly unit: string;
  readonly direction: Goal['direction'];
  readonly baseline: number;
  readonly target: Goal['target'];
  readonly course: Course;
  /** The owner: a team by its name, or the first admin if undefined. */
  readonly team: string | undefined;
  readonly story: KpiStory;
}

const kpi = (
  name: string,
  unit: string,
  [direction, baseline, target]: readonly [Goal['direction'], number, Goal['target']],
  course: Course,
  team?: string,
  story: KpiStory = {},
): KpiPlan => ({ name, unit, direction, baseline, target, course, team, story });

const stories = {
  onTimeDeliveries: {
    description: 'Share of stops reached within the agreed window. Counted from the scanners, every Monday.',
    notes: {
      4: 'Two days of storm on the coast. Inland routes were fine.',
      10: 'First full week with the new evening cut-off.',
      14: 'The new carrier took over the southern routes.',
    },
    initiatives: [
      {
        title: 'Move the evening cut-off from 6 to 5 pm',
        status: 'done',
        dueInDays: -40,
        notes: 'Agreed with the ten largest shippers. Customer Care has the wording.',
      },
      {
        title: 'Plan routes by live traffic',
        status: 'active',
        dueInDays: 24,
        notes: 'Pilot with eight trucks, then the rest of the fleet.',
      },
      { title: 'Second shift on the Hamburg line', status: 'planned', dueInDays: 55 },
    ],
  },
  emptyMiles: {
    notes: { 6: 'Return loads from Rotterdam fell through.', 12: 'Counted by hand, the export was late.' },
    initiatives: [
      { title: 'Join the return-load exchange', status: 'active', dueInDays: -3 },
      { title: 'Review the ten emptiest routes', status: 'planned', dueInDays: 17 },
    ],
  },
  pickingErrors: {
    notes: { 5: 'New colleagues in the night shift.', 11: 'Scanner update rolled out in all halls.' },
    initiatives: [{ title: 'Scan at every pick', status: 'done', dueInDays: -21 }],
  },
  linesPicked: {
    notes: { 8: 'Conveyor 2 was down for three days.' },
    initiatives: [
      { title: 'Bring fast movers closer to packing', status: 'active', dueInDays: 9 },
      {
        title: 'Try voice picking in hall 4',
        status: 'dropped',
        dueInDays: -12,
        notes: 'Headsets don’t work in the cold hall. We look again next year.',
      },
    ],
  },
  firstResponse: {
    description: 'Median minutes until a customer hears from a person, weekdays from 8 to 6.',
    notes: { 7: 'Strike at the port: twice as many questions.' },
    initiatives: [
      { title: 'Templates for the five most common questions', status: 'done', dueInDays: -30 },
      { title: 'One more person on Mondays', status: 'active', dueInDays: 12 },
    ],
  },
  appointments: {
    description: 'Share of new patients who are seen within five working days.',
    notes: { 3: 'Short week: two days of holidays.', 9: 'Saturday sessions began.' },
    initiatives: [
      { title: 'Saturday sessions at two clinics', status: 'done', dueInDays: -25 },
      { title: 'Waiting list that fills cancellations', status: 'active', dueInDays: 20 },
    ],
  },
  missedAppointments: {
    notes: { 10: 'Text reminders were off for four days.' },
    initiatives: [{ title: 'Remind by text two days ahead', status: 'active', dueInDays: 6 }],
  },
  availability: {
    notes: { 6: 'Network failure at the north site, Tuesday morning.' },
    initiatives: [
      { title: 'Second line for the north site', status: 'active', dueInDays: 30 },
      { title: 'Move the booking system to new servers', status: 'planned', dueInDays: 62 },
    ],
  },
  proposals: {
    notes: { 5: 'Two large pitches were decided in the same week.' },
    initiatives: [{ title: 'Call after every lost proposal', status: 'active', dueInDays: 14 }],
  },
} as const satisfies Readonly<Record<string, KpiStory>>;

/** The KPIs of each organization of the seed that has some. */
export const kpiPlans: Readonly<Record<string, readonly KpiPlan[]>> = {
  'Northwind Logistics': [
    kpi('On-time deliveries', '%', ['up', 88, 97], 'well', 'Freight Operations', stories.onTimeDeliveries),
    kpi('Empty miles', '%', ['down', 27, 18], 'behind', 'Freight Operations', stories.emptyMiles),
    kpi('Picking errors', 'per 10,000', ['down', 42, 15], 'well', 'Warehouse North', stories.pickingErrors),
    kpi('Hall temperature', '°C', ['between', 16, { low: 14, high: 18 }], 'well', 'Warehouse North'),
    kpi('Lines picked per hour', 'lines', ['up', 95, 140], 'badly', 'Warehouse South', stories.linesPicked),
    kpi(
      'First response time',
      'minutes',
      ['down', 210, 60],
      'behind',
      'Customer Care',
      stories.firstResponse,
    ),
    kpi('Customer satisfaction', '%', ['up', 71, 85], 'well', 'Customer Care'),
    kpi('Vehicles off the road', '%', ['between', 6, { low: 2, high: 5 }], 'badly', 'Fleet and Maintenance'),
    kpi('Shipments held at the border', 'per week', ['down', 18, 5], 'silent', 'Customs'),
    kpi('Margin', '%', ['up', 6.5, 9], 'well'),
  ],
  'Bluebird Health': [
    kpi(
      'Appointments within five days',
      '%',
      ['up', 58, 80],
      'well',
      'Care Coordination',
      stories.appointments,
    ),
    kpi(
      'Missed appointments',
      '%',
      ['down', 14, 7],
      'behind',
      'Care Coordination',
      stories.missedAppointments,
    ),
    kpi('System availability', '%', ['up', 98.2, 99.9], 'badly', 'Clinic Systems', stories.availability),
    kpi('Open tickets', 'tickets', ['between', 60, { low: 20, high: 50 }], 'behind', 'Clinic Systems'),
    kpi('Days to payment', 'days', ['down', 48, 30], 'well', 'Billing'),
    kpi('Rejected bills', '%', ['down', 9, 3], 'silent', 'Billing'),
    kpi('New clinics', 'clinics', ['up', 0, 4], 'untouched'),
  ],
  'Cedar & Finch Studio': [
    kpi('Billable hours', '%', ['up', 61, 75], 'well', 'Studio'),
    kpi('Proposals won', '%', ['up', 24, 40], 'badly', 'Studio', stories.proposals),
    kpi('Pipeline', 'thousand €', ['up', 80, 200], 'untouched'),
  ],
  'Harbour Retail Group': [
    kpi('Sales per square meter', '€', ['up', 310, 380], 'behind', 'Shops'),
    kpi('Shrinkage', '%', ['down', 2.4, 1.2], 'well', 'Shops'),
  ],
  'Oakline Manufacturing': [
    kpi('Presses delivered', 'presses', ['up', 0, 24], 'silent', 'Assembly'),
    kpi('Rework', 'hours', ['down', 120, 60], 'silent', 'Assembly'),
  ],
};

/** Progress relative to the elapsed share of the period. */
const pace: Record<Course, number> = { well: 1, behind: 0.72, badly: 0.35, silent: 0.9, untouched: 0 };
/** How far outside its band a KPI ends that should stay between two values, in widths of the band. */
const stray: Record<Course, number> = { well: -0.3, behind: 0.12, badly: 0.45, silent: 0, untouched: 0 };

const rounded = (value: number, scale: number) => {
  const digits = scale < 3 ? 2 : scale < 30 ? 1 : 0;
  return Number(value.toFixed(digits));
};

/** The value reported in a week, when `elapsed` (0 to 1) of the period is over: a trend with some noise. */
export function reportedValue({ baseline, target, course }: KpiPlan, elapsed: number, week: number): number {
  const weather = 0.03 * Math.sin(week * 1.7) + 0.015 * Math.cos(week * 0.6);
  if (typeof target === 'number') {
    const way = target - baseline;
    return rounded(baseline + way * (elapsed * pace[course] + weather), Math.abs(way));
  }
  const width = target.high - target.low;
  const end = target.high + width * stray[course];
  return rounded(baseline + (end - baseline) * Math.min(1, elapsed * 1.6) + width * weather, width);
}
