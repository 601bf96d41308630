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
import { kpisKey, organizationsKey, trailsKey } from '../../lib/queries.ts';
import { addressOf, type ServedNames, type TrailEntry } from './names.ts';

const freshMilliseconds = 5000;
/** In entries; folding makes fewer rows of them. */
const pageSize = 50;

/** A page of an audit log or of the feed, newest first. */
export interface TrailPage {
  readonly items: readonly TrailEntry[];
  readonly nextCursor: string | null;
  readonly names?: ServedNames | undefined;
}

/**
 * Merges the current first page with the cached one: it keeps the position where the cached page ends, so
 * that later pages stay valid. If more than a page is new, the new page stands alone.
 */
function withKnown<Page extends TrailPage>(now: Page, known: Page | undefined): Page {
  if (known === undefined || now.nextCursor === null) return now;
  // A page may examine many entries and match none; then nothing is new.
  if (now.items.length === 0) return known;
  const ids = new Set(now.items.map(({ id }) => id));
  const before = known.items.filter(({ id }) => !ids.has(id));
  if (before.length === known.items.length) return now;
  return { ...known, items: [...now.items, ...before], names: { ...known.names, ...now.names } };
}

/**
 * Loads a page of an audit log. Entries never change, so reloading only requests the first page, however
 * many were loaded.
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

/** The entry for a key from the URL, `<time>~<id>`; null if it doesn't exist or isn't visible to the user. */
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

/** A preview of undoing an entry. */
export const undoQuery = (api: CallApi, entry: TrailEntry) =>
  queryOptions({
    queryKey: [...trailsKey, entry.organizationId, 'undo', addressOf(entry)],
    // A refusal means that undo isn't available here.
    retry: false,
    queryFn: ({ signal }) => {
      const { organizationId } = entry;
      return api(auditRoutes.previewUndo, { params: { organizationId, entry: addressOf(entry) }, signal });
    },
  });

/** How many entries of one second are searched for a linked one. */
const mostOfATime = 100;

const headEntries = 8;
/** Enough to have some left after hiding sign-ins. */
const recentEntries = 25;

/** The newest entries of an organization that match a filter. */
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

/** The organizations that match a typed text. */
export const organizationChoicesQuery = (api: CallApi, search: string) =>
  queryOptions({
    queryKey: [...organizationsKey, 'choices', search],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api(organizationsRoutes.listOrganizations, {
        query: { limit: suggested, ...(search === '' ? {} : { search }) },
        signal,
      }),
  });

/** The people of an organization that match a typed text, including deactivated ones. */
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
    queryKey: [...kpisKey(organizationId), 'choices'],
    queryFn: ({ signal }) =>
      api(kpiRoutes.listKpis, { params: { organizationId }, query: { limit: most }, signal }),
  });

/** The newest entries of the platform's feed. */
export const recentQuery = (api: CallApi) =>
  queryOptions({
    queryKey: [...trailsKey, 'recent'],
    queryFn: ({ signal }) => api(auditFeedRoutes.listAuditFeed, { query: { limit: recentEntries }, signal }),
  });

/** The filter from the URL. Invalid values are refused by the API, with an explanation. */
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
