import type { AsyncRouteComponent } from '@tanstack/react-router';
import { createContext } from 'react';
import type { Action, Subject } from '../../domain/access/permission.ts';
import type { OrganizationId } from '../../domain/ids.ts';
import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import type { Team } from '../../domain/team/team.schema.ts';
import type { Texts, TrailWords } from '../text/language.tsx';

type Title = (texts: Texts) => string;
type Permission = readonly [Action, Subject];

/** A page of a feature; its code is loaded when it is opened. */
export interface FeaturePage {
  /** Whose page it is: that of an organization, of the super admin, or of whoever comes. */
  readonly under: 'organization' | 'admin' | 'public';
  /** Its address below that, such as `/teams/$teamId`. */
  readonly path: string;
  readonly component: AsyncRouteComponent<object>;
  /** Its entry in the menu and in the command palette: in the order of the features, those marked `last` at the end. */
  readonly menu?: { readonly title: Title; readonly last?: true };
  readonly needs?: Permission;
  /** Whom it is for, where that isn't everybody: said to everybody else. */
  readonly audience?: keyof Texts['errors']['audiences'];
  /** Where other features show panels on it. */
  readonly place?: Place;
}

/** The places at which features show panels on each other's pages, and what a panel is given there. */
interface PanelProps {
  /** A tab of a team's page. */
  team: { readonly team: Team };
  /** A tab of a KPI's page. */
  kpi: { readonly kpi: Kpi };
  /** A tab of an organization's page, for the super admin. */
  organization: { readonly organizationId: OrganizationId };
  /** The home of an organization, for its admins. */
  home: { readonly organizationId: OrganizationId };
  /** The super admin's dashboard. */
  dashboard: object;
}

export type Place = keyof PanelProps;

/** What a feature shows on another feature's page. */
export interface Panel<At extends Place> {
  /** Names the tab in the address. */
  readonly name: string;
  /** What the tab says. */
  readonly title: Title;
  readonly needs?: Permission;
  /** Whether it takes half of the page's width. */
  readonly half?: true;
  readonly component: AsyncRouteComponent<PanelProps[At]>;
}

/** What a feature says in one language. */
interface Words<Text> {
  readonly texts: Text;
  readonly trail?: TrailWords;
}

/** All that the app knows of a feature. */
export interface Feature<Name extends string = string, Text extends object = object> {
  /** By which its texts are known. */
  readonly name: Name;
  readonly english: Words<Text>;
  /** Loaded only where it is read. */
  readonly german: () => Promise<Words<Text>>;
  readonly pages: readonly FeaturePage[];
  readonly panels?: { readonly [At in Place]?: readonly Panel<At>[] };
}

export const pagesUnder = (
  features: readonly Feature[],
  under: FeaturePage['under'],
): readonly FeaturePage[] => features.flatMap(({ pages }) => pages.filter((page) => page.under === under));

export const panelsAt = <At extends Place>(features: readonly Feature[], place: At): readonly Panel<At>[] =>
  features.flatMap(({ panels }) => panels?.[place] ?? []);

/** The features of the app, for pages that show panels of others. */
export const FeaturesContext = createContext<readonly Feature[]>([]);
