/**
 * A screen size for journeys, each with a separate organization of the example data, so that concurrent
 * journeys don't interfere.
 */
export interface Shape {
  readonly name: 'desktop' | 'phone';
  readonly screen: {
    readonly viewport: { readonly width: number; readonly height: number };
    readonly reducedMotion: 'reduce';
  };
  readonly organization: string;
  /** A team with two KPIs that a member reports on, led by the organization's first leader. */
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
