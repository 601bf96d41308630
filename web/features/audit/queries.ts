import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryFunctionContext,
  type QueryKey,
  queryOptions,
} from '@tanstack/react-query';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import { OrganizationId } from '../../../domain/ids.ts';
import { auditFeedRoutes, auditRoutes } from '../../../functions/http/audit/routes.ts';
import { organizationsRoutes } from '../../../functions/http/organization/platform-routes.ts';
import { paging } from '../../components/query-view.tsx';
import { useAddressDates, useAddressParameter } from '../../lib/address.ts';
import type { CallApi } from '../../lib/api.ts';
import { trailsKey } from '../../lib/queries.ts';
import type { TrailEntry } from './entry.tsx';

const freshMilliseconds = 5000;

/** A page of a trail or of the feed, newest first. */
interface TrailPage {
  readonly items: readonly TrailEntry[];
  readonly nextCursor: string | null;
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
  return { ...known, items: [...now.items, ...before] };
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
          query: { ...filter, cursor },
          signal: context.signal,
        }),
      ),
  });

const headEntries = 6;

/** The newest entries of an organization. */
export const trailHeadQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: [...trailsKey, organizationId, 'recent'],
    queryFn: ({ signal }) =>
      api(auditRoutes.listAuditEntries, {
        params: { organizationId },
        query: { limit: headEntries },
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
        api(auditFeedRoutes.listAuditFeed, { query: { ...filter, cursor }, signal: context.signal }),
      ),
  });

const mostOrganizations = 100;

/** The organizations to choose from in the feed's filter. */
export const organizationChoicesQuery = (api: CallApi) =>
  queryOptions({
    queryKey: ['organizations', 'choices'],
    queryFn: ({ signal }) =>
      api(organizationsRoutes.listOrganizations, { query: { limit: mostOrganizations }, signal }),
  });

const recentEntries = 5;

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
  const { from, to } = useAddressDates();
  const organization = OrganizationId.safeParse(useAddressParameter('organization')[0]);
  return {
    ...(actor === '' ? {} : { actor }),
    ...(action === '' ? {} : { action }),
    ...(resource === '' ? {} : { resource }),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
    ...(organization.success ? { organizationId: organization.data } : {}),
  };
}
