import type { TablerIcon } from '@tabler/icons-react';
import type { AsyncRouteComponent } from '@tanstack/react-router';
import { createContext } from 'react';
import type { Action, Subject } from '../../domain/access/permission.ts';
import type { OrganizationId, UserId } from '../../domain/ids.ts';
import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import type { SupportAccess } from '../../domain/support-access/support-access.schema.ts';
import type { Team } from '../../domain/team/team.schema.ts';
import type { Texts, TrailWords } from '../text/language.tsx';
import type { SentencesByLanguage } from '../text/sentence.ts';
import type { CallApi } from './api.ts';

type Title = (texts: Texts) => string;
type Permission = readonly [Action, Subject];

/** A page of a feature. Its code is loaded when it is opened. */
export interface FeaturePage {
  /** Who the page is for: an organization, super admins, the signed-in user, or anyone. */
  readonly under: 'organization' | 'admin' | 'member' | 'public';
  /** Its path below that, such as `/teams/$teamId`. */
  readonly path: string;
  readonly component: AsyncRouteComponent<object>;
  /**
   * Its entry in the menu and the command palette, in the order of the features; entries marked `last` come
   * at the end.
   */
  readonly menu?: {
    readonly title: Title;
    readonly icon: TablerIcon;
    readonly last?: true;
    /** A count of items waiting for the user, shown next to the entry. */
    readonly badge?: AsyncRouteComponent<object>;
  };
  readonly needs?: Permission;
  /** The audience to name when others open the page; omitted if it is for everyone. */
  readonly audience?: keyof Texts['errors']['audiences'];
  /** Where other features can show panels on it. */
  readonly place?: Place;
}

/** What a feature shows on another feature's page. It is loaded together with that page. */
interface Panel<Props> {
  readonly name: string;
  readonly needs?: Permission;
  readonly component: AsyncRouteComponent<Props>;
}

/** A tab of a page; its name appears in the URL. */
interface Tab<Props> extends Panel<Props> {
  readonly title: Title;
}

/** A section of an overview page. */
interface Section<Props> extends Panel<Props> {
  /** Which half of the page it takes; omitted for the full width. */
  readonly half?: 'left' | 'right';
  /** Its rank among the sections: lower first, unranked last. */
  readonly rank?: number;
}

/** The places for panels, and the props passed to each. */
export interface Panels {
  /** A team's page. */
  readonly team: Tab<{ readonly team: Team }>;
  /** A KPI's page. */
  readonly kpi: Tab<{ readonly kpi: Kpi }>;
  /** A person's page within an organization. */
  readonly person: Tab<{ readonly organizationId: OrganizationId; readonly userId: UserId }>;
  /** The user's own account. */
  readonly account: Section<{ readonly organizationId: OrganizationId; readonly userId: UserId }>;
  /** The details of one support access. */
  readonly support: Section<{ readonly access: SupportAccess }>;
  /** An organization's page, as the super admin sees it. */
  readonly organization: Tab<{ readonly organizationId: OrganizationId }>;
  /** An organization's home page, for its admins. */
  readonly home: Section<{ readonly organizationId: OrganizationId }>;
  /** The super admin's dashboard. */
  readonly dashboard: Section<object>;
}

export type Place = keyof Panels;

/** A feature's texts in one language. */
interface Words<Text> {
  readonly texts: Text;
  readonly trail?: TrailWords;
  /** Explanations of refusals, by reason, for those where the server's English isn't enough. */
  readonly refusals?: Readonly<Record<string, string>>;
}

/** One result of a search. */
export interface Found {
  readonly id: string;
  readonly label: string;
  /** Distinguishes it from results with the same name. */
  readonly hint?: string;
  readonly to: string;
}

/** Where to search, and for what. */
export interface Wanted {
  readonly api: CallApi;
  readonly organizationId: OrganizationId;
  readonly words: string;
  readonly signal: AbortSignal;
}

/**
 * How the command palette finds items of a feature. The server does the search; its results aren't filtered
 * again.
 */
interface Finder {
  readonly title: Title;
  readonly icon: TablerIcon;
  /** Whether it searches the current organization or the platform. */
  readonly under: 'organization' | 'admin';
  readonly needs: Permission;
  readonly load: () => Promise<(wanted: Wanted) => Promise<readonly Found[]>>;
}

/** An action that can be started from anywhere, and the page where it begins. */
interface Act {
  readonly title: Title;
  readonly icon: TablerIcon;
  readonly under: 'organization' | 'admin';
  /** Path below the organization or the platform. */
  readonly path: string;
  /** The dialog to open there; see `useAddressDialog`. */
  readonly dialog?: string;
  readonly needs: Permission;
}

/** Everything that the app needs to know about a feature. */
export interface Feature<Name extends string = string, Text extends object = object> {
  /** The key of its texts. */
  readonly name: Name;
  /** Each language is loaded only when it is used. */
  readonly english: () => Promise<Words<Text>>;
  readonly german: () => Promise<Words<Text>>;
  /** How its actions read in the audit log; loaded where entries are shown. */
  readonly sentences?: () => Promise<{ readonly sentences: SentencesByLanguage }>;
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

/** All features, for pages that show panels of others. */
export const FeaturesContext = createContext<readonly Feature[]>([]);
