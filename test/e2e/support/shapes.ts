/**
 * A screen that journeys are made on, and an organization of the example data for each, so that journeys at
 * once don't meet.
 */
export interface Shape {
  readonly name: 'desktop' | 'phone';
  readonly screen: {
    readonly viewport: { readonly width: number; readonly height: number };
    readonly reducedMotion: 'reduce';
  };
  readonly organization: string;
  /** A team with two KPIs, on which a member reports; the organization's first leader leads it. */
  readonly team: string;
  readonly kpis: readonly [string, string];
  readonly member: string;
  /** A user of the organization who isn't in any of these journeys. */
  readonly bystander: string;
}

const screen = (width: number) => ({ viewport: { width, height: 900 }, reducedMotion: 'reduce' }) as const;

export const desktop: Shape = {
  name: 'desktop',
  screen: screen(1440),
  organization: 'Northwind Logistics',
  team: 'Freight Operations',
  kpis: ['On-time deliveries', 'Empty miles'],
  member: 'Hana Haddad',
  bystander: 'Yusuf Eriksen',
};

export const phone: Shape = {
  name: 'phone',
  screen: screen(390),
  organization: 'Bluebird Health',
  team: 'Care Coordination',
  kpis: ['Appointments within five days', 'Missed appointments'],
  member: 'Grace Lindqvist',
  bystander: 'Oscar Abara',
};
