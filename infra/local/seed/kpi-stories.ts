import type { InitiativeStatus } from '../../../domain/initiative/initiative.schema.ts';

/** A team's initiative for a KPI of the seed. Days are counted from the day of the seed. */
interface InitiativePlan {
  readonly title: string;
  readonly status: InitiativeStatus;
  readonly dueInDays: number;
  readonly notes?: string;
}

/** Comments on a KPI of the seed. */
interface KpiStory {
  readonly description?: string;
  /** Notes on check-ins, by week of the KPI. */
  readonly notes?: Readonly<Record<number, string>>;
  readonly initiatives?: readonly InitiativePlan[];
}

const stories: Readonly<Record<string, KpiStory>> = {
  'On-time deliveries': {
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
  'Empty kilometres': {
    notes: { 6: 'Return loads from Rotterdam fell through.', 12: 'Counted by hand, the export was late.' },
    initiatives: [
      { title: 'Join the return-load exchange', status: 'active', dueInDays: -3 },
      { title: 'Review the ten emptiest routes', status: 'planned', dueInDays: 17 },
    ],
  },
  'Picking errors': {
    notes: { 5: 'New colleagues in the night shift.', 11: 'Scanner update rolled out in all halls.' },
    initiatives: [{ title: 'Scan at every pick', status: 'done', dueInDays: -21 }],
  },
  'Lines picked in an hour': {
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
  'First answer': {
    description: 'Median minutes until a customer hears from a person, weekdays from 8 to 6.',
    notes: { 7: 'Strike at the port: twice as many questions.' },
    initiatives: [
      { title: 'Templates for the five most common questions', status: 'done', dueInDays: -30 },
      { title: 'One more person on Mondays', status: 'active', dueInDays: 12 },
    ],
  },
  'Appointments within five days': {
    description: 'Share of new patients who are seen within five working days.',
    notes: { 3: 'Short week: two days of holidays.', 9: 'Saturday sessions began.' },
    initiatives: [
      { title: 'Saturday sessions at two clinics', status: 'done', dueInDays: -25 },
      { title: 'Waiting list that fills cancellations', status: 'active', dueInDays: 20 },
    ],
  },
  'Missed appointments': {
    notes: { 10: 'Text reminders were off for four days.' },
    initiatives: [{ title: 'Remind by text two days ahead', status: 'active', dueInDays: 6 }],
  },
  'Systems available': {
    notes: { 6: 'Network failure at the north site, Tuesday morning.' },
    initiatives: [
      { title: 'Second line for the north site', status: 'active', dueInDays: 30 },
      { title: 'Move the booking system to new servers', status: 'planned', dueInDays: 62 },
    ],
  },
  'Proposals won': {
    notes: { 5: 'Two large pitches were decided in the same week.' },
    initiatives: [{ title: 'Call after every lost proposal', status: 'active', dueInDays: 14 }],
  },
};

const none: KpiStory = {};

export const storyOf = (kpi: string): KpiStory => stories[kpi] ?? none;
