import type { TablerIcon } from '@tabler/icons-react';
import type { AsyncRouteComponent } from '@tanstack/react-router';
import { createContext } from 'react';
import type { Action, Subject } from '../../domain/access/permission.ts';
import type { OrganizationId, UserId } from '../../domain/ids.ts';
import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import type { SupportAccess } from '../../domain/support-access/support-access.schema.ts';
import type { Team } from '../../domain/team/team.schema.ts';
import type { Language, Texts, TrailWords } from '../text/language.tsx';
import type { Sentences } from '../text/sentence.ts';
import type { CallApi } from './api.ts';

type Title = (texts: Texts) => string;
type Permission = readonly [Action, Subject];

/** A page of a feature; its code is loaded when it is opened. */
export interface FeaturePage {
  /** Whose page it is: an organization's, the super admin's, one's own, or of whoever comes. */
  readonly under: 'organization' | 'admin' | 'member' | 'public';
  /** Its address below that, such as `/teams/$teamId`. */
  readonly path: string;
  readonly component: AsyncRouteComponent<object>;
  /**
   * Its entry in the menu and in the command palette: in the order of the features, those marked `last` at
   * the end.
   */
  readonly menu?: {
    readonly title: Title;
    readonly icon: TablerIcon;
    readonly last?: true;
    /** How much waits there for the reader; shown beside the entry. */
    readonly badge?: AsyncRouteComponent<object>;
  };
  readonly needs?: Permission;
  /** Whom it is for, where that isn't everybody: said to everybody else. */
  readonly audience?: keyof Texts['errors']['audiences'];
  /** Where other features show panels on it. */
  readonly place?: Place;
}

/** What a feature shows on another feature's page, which loads it along. */
interface Panel<Props> {
  readonly name: string;
  readonly needs?: Permission;
  readonly component: AsyncRouteComponent<Props>;
}

/** A part of a page that shows one thing; its name stands in the address. */
interface Tab<Props> extends Panel<Props> {
  readonly title: Title;
}

/** A part of a page that shows much at one look. */
interface Section<Props> extends Panel<Props> {
  /** In which half of the page it stands, where it doesn't take all of its width. */
  readonly half?: 'left' | 'right';
  /** Its place among the others: those with a lower one come first, those without one last. */
  readonly rank?: number;
}

/** The places for panels, and what a panel is given there. */
export interface Panels {
  /** A team's page. */
  readonly team: Tab<{ readonly team: Team }>;
  /** A KPI's page. */
  readonly kpi: Tab<{ readonly kpi: Kpi }>;
  /** A person's page in an organization. */
  readonly person: Tab<{ readonly organizationId: OrganizationId; readonly userId: UserId }>;
  /** What is shown of one support access. */
  readonly support: Section<{ readonly access: SupportAccess }>;
  /** An organization's page for the super admin. */
  readonly organization: Tab<{ readonly organizationId: OrganizationId }>;
  /** An organization's home, for its admins. */
  readonly home: Section<{ readonly organizationId: OrganizationId }>;
  /** The super admin's dashboard. */
  readonly dashboard: Section<object>;
}

export type Place = keyof Panels;

/** What a feature says in one language. */
interface Words<Text> {
  readonly texts: Text;
  readonly trail?: TrailWords;
  /** How its use cases refuse, by reason, where the server's own English won't do. */
  readonly refusals?: Readonly<Record<string, string>>;
}

/** A thing that was found by a few letters. */
export interface Found {
  readonly id: string;
  readonly label: string;
  /** What tells it from others of its name. */
  readonly hint?: string;
  readonly to: string;
}

/** Where and by what words to look. */
export interface Wanted {
  readonly api: CallApi;
  readonly organizationId: OrganizationId;
  readonly words: string;
  readonly signal: AbortSignal;
}

/**
 * How the command palette finds things of a feature. The server searches: what it finds isn't filtered again.
 */
interface Finder {
  readonly title: Title;
  readonly icon: TablerIcon;
  /** Whether it looks in the organization one is in, or on the platform. */
  readonly under: 'organization' | 'admin';
  readonly needs: Permission;
  readonly load: () => Promise<(wanted: Wanted) => Promise<readonly Found[]>>;
}

/** What one can do from anywhere: a page at which it begins. */
interface Act {
  readonly title: Title;
  readonly icon: TablerIcon;
  readonly under: 'organization' | 'admin';
  /** Below the organization's address, or the platform's. */
  readonly path: string;
  /** What opens there; see `useAddressDialog`. */
  readonly dialog?: string;
  readonly needs: Permission;
}

/** All that the app knows of a feature. */
export interface Feature<Name extends string = string, Text extends object = object> {
  /** By which its texts are known. */
  readonly name: Name;
  /** Each language is loaded where it is read. */
  readonly english: () => Promise<Words<Text>>;
  readonly german: () => Promise<Words<Text>>;
  /** How the audit log tells its actions, loaded where entries are shown. */
  readonly sentences?: Readonly<Record<Language, () => Promise<{ readonly sentences: Sentences }>>>;
  readonly pages: readonly FeaturePage[];
  readonly finds?: Finder;
  readonly acts?: readonly Act[];
  readonly panels?: { readonly [At in Place]?: readonly Panels[At][] };
}

export const pagesUnder = (
  features: readonly Feature[],
  under: FeaturePage['under'],
): readonly FeaturePage[] => features.flatMap(({ pages }) => pages.filter((page) => page.under === under));

export const panelsAt = <At extends Place>(features: readonly Feature[], place: At): readonly Panels[At][] =>
  features.flatMap(({ panels }) => panels?.[place] ?? []);

/** The features of the app, for pages that show panels of others. */
export const FeaturesContext = createContext<readonly Feature[]>([]);
