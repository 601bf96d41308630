import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryFunctionContext,
  type QueryKey,
  queryOptions,
} from '@tanstack/react-query';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import { OrganizationId, SupportAccessId } from '../../../domain/ids.ts';
import { auditFeedRoutes, auditRoutes } from '../../../functions/http/audit/routes.ts';
import { kpiRoutes } from '../../../functions/http/kpi/routes.ts';
import { organizationsRoutes } from '../../../functions/http/organization/platform-routes.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { paging } from '../../components/query-view.tsx';
import { useAddressDates, useAddressParameter } from '../../lib/address.ts';
import type { CallApi } from '../../lib/api.ts';
import { trailsKey } from '../../lib/queries.ts';
import { addressOf, type ServedNames, type TrailEntry } from './names.ts';

const freshMilliseconds = 5000;
/** Entries, of which acts that fold make fewer rows. */
const pageSize = 50;

/** A page of a trail or of the feed, newest first. */
export interface TrailPage {
  readonly items: readonly TrailEntry[];
  readonly nextCursor: string | null;
  readonly names?: ServedNames | undefined;
}

/**
 * The first page as it is now, above what was known of it: with the place where the known page ends, so that
 * the pages after it stay good. If more came than a page holds, it is a page of its own.
 */
function withKnown<Page extends TrailPage>(now: Page, known: Page | undefined): Page {
  if (known === undefined || now.nextCursor === null) return now;
  // A page may look at many entries and find none: nothing is new then.
  if (now.items.length === 0) return known;
  const ids = new Set(now.items.map(({ id }) => id));
  const before = known.items.filter(({ id }) => !ids.has(id));
  if (before.length === known.items.length) return now;
  return { ...known, items: [...now.items, ...before], names: { ...known.names, ...now.names } };
}

/**
 * Reads a page of a trail. Entries never change once they are written: reading a trail anew asks for its
 * first page only, however many were loaded.
 */
async function trailPage<Page extends TrailPage>(
  { client, queryKey, pageParam: cursor }: QueryFunctionContext<QueryKey, string | undefined>,
  read: (cursor: string | undefined) => Promise<Page>,
): Promise<Page> {
  const known = client.getQueryData<InfiniteData<Page, string | undefined>>(queryKey);
  if (cursor === undefined) return withKnown(await read(cursor), known?.pages[0]);
  return known?.pages[known.pageParams.indexOf(cursor)] ?? (await read(cursor));
}

export const trailQuery = (api: CallApi, organizationId: OrganizationId, filter: AuditFilter) =>
  infiniteQueryOptions({
    ...paging,
    staleTime: freshMilliseconds,
    queryKey: [...trailsKey, organizationId, filter],
    queryFn: (context) =>
      trailPage(context, (cursor) =>
        api(auditRoutes.listAuditEntries, {
          params: { organizationId },
          query: { ...filter, cursor, limit: pageSize },
          signal: context.signal,
        }),
      ),
  });

/** The entry of an address, `<time>~<id>`; null if there is none, or none that one may see. */
export const linkedEntryQuery = (api: CallApi, organizationId: OrganizationId | undefined, address: string) =>
  queryOptions({
    queryKey: [...trailsKey, organizationId ?? 'feed', 'entry', address],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<TrailEntry | null> => {
      const [time] = address.split('~');
      if (time === undefined || Number.isNaN(Date.parse(time))) return null;
      const query = { from: time, to: time, limit: mostOfATime };
      const { items } =
        organizationId === undefined
          ? await api(auditFeedRoutes.listAuditFeed, { query, signal })
          : await api(auditRoutes.listAuditEntries, { params: { organizationId }, query, signal });
      return items.find((entry) => addressOf(entry) === address) ?? null;
    },
  });

/** What undoing an entry would come to. */
export const undoQuery = (api: CallApi, entry: TrailEntry) =>
  queryOptions({
    queryKey: [...trailsKey, entry.organizationId, 'undo', addressOf(entry)],
    // A refusal says that there is nothing to offer here.
    retry: false,
    queryFn: ({ signal }) => {
      const { organizationId } = entry;
      return api(auditRoutes.previewUndo, { params: { organizationId, entry: addressOf(entry) }, signal });
    },
  });

/** How many entries of one second are looked through for one that is linked to. */
const mostOfATime = 100;

const headEntries = 8;
/** Enough for some to be left when sign-ins aren't shown. */
const recentEntries = 25;

/** The newest entries of an organization, or of them those that a filter leaves. */
export const trailHeadQuery = (
  api: CallApi,
  organizationId: OrganizationId,
  filter: AuditFilter | undefined,
) =>
  queryOptions({
    queryKey: [...trailsKey, organizationId, 'recent', filter],
    queryFn: ({ signal }) =>
      api(auditRoutes.listAuditEntries, {
        params: { organizationId },
        query: { ...filter, limit: filter === undefined ? recentEntries : headEntries },
        signal,
      }),
  });

interface FeedFilter extends AuditFilter {
  readonly organizationId?: OrganizationId;
}

export const feedQuery = (api: CallApi, filter: FeedFilter) =>
  infiniteQueryOptions({
    ...paging,
    staleTime: freshMilliseconds,
    queryKey: [...trailsKey, 'feed', filter],
    queryFn: (context) =>
      trailPage(context, (cursor) =>
        api(auditFeedRoutes.listAuditFeed, {
          query: { ...filter, cursor, limit: pageSize },
          signal: context.signal,
        }),
      ),
  });

const suggested = 20;
const most = 100;

/** The organizations that a typed text finds. */
export const organizationChoicesQuery = (api: CallApi, search: string) =>
  queryOptions({
    queryKey: ['organizations', 'choices', search],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api(organizationsRoutes.listOrganizations, {
        query: { limit: suggested, ...(search === '' ? {} : { search }) },
        signal,
      }),
  });

/** The people of an organization that a typed text finds, those who are deactivated too. */
export const personChoicesQuery = (
  api: CallApi,
  organizationId: OrganizationId | undefined,
  search: string,
) =>
  queryOptions({
    queryKey: ['people', organizationId, 'search', search],
    placeholderData: keepPreviousData,
    enabled: organizationId !== undefined,
    queryFn: ({ signal }) =>
      api(userRoutes.listUsers, {
        params: { organizationId: organizationId ?? '' },
        query: { limit: suggested, ...(search === '' ? {} : { search }) },
        signal,
      }),
  });

export const kpiChoicesQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: ['kpis', organizationId, 'choices'],
    queryFn: ({ signal }) =>
      api(kpiRoutes.listKpis, { params: { organizationId }, query: { limit: most }, signal }),
  });

/** The first few of the feed. */
export const recentQuery = (api: CallApi) =>
  queryOptions({
    queryKey: [...trailsKey, 'recent'],
    queryFn: ({ signal }) => api(auditFeedRoutes.listAuditFeed, { query: { limit: recentEntries }, signal }),
  });

/** The filter that stands in the address. What is no filter the API refuses, with words. */
export function useAuditFilter(): FeedFilter {
  const [actor] = useAddressParameter('actor');
  const [action] = useAddressParameter('action');
  const [resource] = useAddressParameter('resource');
  const [about] = useAddressParameter('about');
  const support = SupportAccessId.safeParse(useAddressParameter('supportAccess')[0]);
  const { from, to } = useAddressDates();
  const organization = OrganizationId.safeParse(useAddressParameter('organization')[0]);
  return {
    ...(actor === '' ? {} : { actor }),
    ...(action === '' ? {} : { action }),
    ...(resource === '' ? {} : { resource }),
    ...(about === '' ? {} : { about }),
    ...(support.success ? { supportAccess: support.data } : {}),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
    ...(organization.success ? { organizationId: organization.data } : {}),
  };
}
