import type { OrganizationId, TeamId, UserId } from '../ids.ts';
import { legacyTables, type SourceLine } from './document.ts';
import type { Imported } from './outcome.ts';

/** What of the product an imported line became, by its key. */
export type ImportedKey =
  | { readonly kind: 'organization'; readonly organizationId: OrganizationId }
  | { readonly kind: 'user'; readonly organizationId: OrganizationId; readonly userId: UserId }
  | { readonly kind: 'team'; readonly organizationId: OrganizationId; readonly teamId: TeamId }
  | {
      readonly kind: 'auditEntry';
      readonly organizationId: OrganizationId;
      readonly id: string;
      readonly timestamp: string;
    };

export function keyOf(item: Imported): ImportedKey {
  switch (item.kind) {
    case 'organization':
      return { kind: item.kind, organizationId: item.id };
    case 'user':
      return { kind: item.kind, organizationId: item.organizationId, userId: item.userId };
    case 'team':
      return { kind: item.kind, organizationId: item.organizationId, teamId: item.teamId };
    case 'auditEntry': {
      const { organizationId, id, timestamp } = item.entry;
      return { kind: item.kind, organizationId, id, timestamp };
    }
  }
}

/** A line's place in the export, as text that sorts in the order of import. */
export const positionOf = ({ table, line }: Pick<SourceLine, 'table' | 'line'>): string =>
  `${legacyTables.indexOf(table)}#${String(line).padStart(12, '0')}`;
