import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { directoryIndex } from '../table/layout.ts';
import { type Item, queryItems } from '../table/query.ts';
import type { ControlPlane } from '../table/scope.ts';
import { conditionsOf, type DirectoryFilter, fits } from './directory-filter.ts';
import { type Listed, rowsOf, showRow } from './directory-rows.service.ts';
import { OrganizationTermItem } from './organization.noun.ts';
import { chosenTerm } from './words.ts';

/** A place among the terms: whose it is, which of theirs, and its key in the index. */
export const TermPosition = z.tuple([OrganizationId, z.string(), z.string()]);
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
 * Organizations that have all the words, in the order of the term that the first of them (the longest) begins, after `position`; at
 * most `limit`. An organization with several such terms is listed at one of them, on whatever page that is.
 */
export async function organizationsFound(
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
    // A name and an address often begin alike: twice as many terms as organizations.
    const { terms, ended: end } = await termsAfter(plane, word, last, 2 * limit);
    ended = end;
    const rows = await rowsOf(
      plane,
      terms.map(({ organizationId }) => organizationId),
    );
    for (const { organizationId, term, at } of terms) {
      const row = rows.get(organizationId);
      // The same term twice of one organization: names are unique, so their keys are one after the other.
      const again = last?.[2] === at[2];
      last = at;
      if (row === undefined || again || !fits(row, conditions)) continue;
      if (chosenTerm(String(row.words), word) === term && found.length < limit)
        found.push({ organization: showRow(row), position: () => JSON.stringify(at) });
    }
  }
  return found;
}
