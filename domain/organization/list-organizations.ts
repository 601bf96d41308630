import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { directoryIndex } from '../table/layout.ts';
import { type Item, queryItems } from '../table/query.ts';
import type { ControlPlane } from '../table/scope.ts';
import { conditionsOf, type DirectoryFilter, fits } from './directory-filter.ts';
import { findRows, showListed } from './directory-row.ts';
import { OrganizationTermItem } from './organization.noun.ts';
import type { OrganizationListQuery } from './organization.schema.ts';
import { type Listed, ListPosition, organizationsAfter } from './read-directory.ts';
import { chosenTerm, searchedWords } from './search-terms.ts';

/**
 * One page of the super admin's list after `position` (returned with each row), at most `limit`. Without an
 * explicit order, search results come in the order of the matching terms. The cost per page doesn't depend
 * on the number of organizations.
 */
export async function listOrganizations(
  plane: ControlPlane,
  { search, sort, direction, ...given }: Omit<OrganizationListQuery, 'limit' | 'cursor'>,
  { position, limit, now }: { position: string | undefined; limit: number; now: Date },
): Promise<Listed[]> {
  const words = search === undefined ? [] : searchedWords(search);
  const today = now.toISOString().slice(0, 10);
  const filter = { ...given, words, today };
  const at: unknown = position === undefined ? undefined : JSON.parse(position);
  if (words.length > 0 && sort === undefined)
    return await organizationsFound(plane, filter, z.optional(TermPosition).parse(at), limit);
  const view = { ...filter, sort: sort ?? 'name', direction } as const;
  return await organizationsAfter(plane, view, z.optional(ListPosition).parse(at), limit);
}

/** A position among the terms: the organization, the term's slot, and its key in the index. */
const TermPosition = z.tuple([OrganizationId, z.string(), z.string()]);
type TermPosition = z.infer<typeof TermPosition>;

const Term = z.object({ organizationId: OrganizationId, slot: z.string(), term: z.string() });
const keyOf = (item: Item) => String(item[directoryIndex.sortKey]);

const startKey = (table: string, [organizationId, slot, key]: TermPosition): Item => ({
  ...entityOf(OrganizationTermItem).get({ organizationId, slot }).params({ table }).Key,
  [directoryIndex.partitionKey]: 'platform#organization-terms',
  [directoryIndex.sortKey]: key,
});

/** Terms that begin with a word, in order, after `position`. */
async function termsAfter(
  plane: ControlPlane,
  word: string,
  position: TermPosition | undefined,
  limit: number,
) {
  const { table } = plane;
  const query = entityOf(OrganizationTermItem)
    .query.words({ list: 'terms' })
    .begins({ term: word })
    .params({ table, limit });
  const start = position === undefined ? undefined : startKey(table, position);
  const { items, lastKey } = await queryItems(plane, query, start);
  const terms = items.map((item) => {
    const { organizationId, slot, term } = Term.parse(item);
    const at: TermPosition = [organizationId, slot, keyOf(item)];
    return { organizationId, term, at };
  });
  return { terms, ended: lastKey === undefined };
}

/**
 * Organizations that match all words, in the order of the term that starts with the first (longest) word,
 * after `position`; at most `limit`. An organization with several such terms is listed once, whatever the
 * page.
 */
async function organizationsFound(
  plane: ControlPlane,
  filter: DirectoryFilter,
  position: TermPosition | undefined,
  limit: number,
): Promise<Listed[]> {
  const [word = ''] = filter.words;
  const conditions = conditionsOf(filter);
  const found: Listed[] = [];
  let last = position;
  for (let ended = false; !ended && found.length < limit; ) {
    // A name and an email address often start alike, so twice as many terms as organizations are read.
    const { terms, ended: end } = await termsAfter(plane, word, last, 2 * limit);
    ended = end;
    const rows = await findRows(
      plane,
      terms.map(({ organizationId }) => organizationId),
    );
    for (const { organizationId, term, at } of terms) {
      const row = rows.get(organizationId);
      // The same term twice for one organization: names are unique, so the keys are adjacent.
      const again = last?.[2] === at[2];
      last = at;
      if (row === undefined || again || !fits(row, conditions)) continue;
      if (chosenTerm(String(row.words), word) === term && found.length < limit)
        found.push({ organization: showListed(row, filter.today), position: () => JSON.stringify(at) });
    }
  }
  return found;
}
