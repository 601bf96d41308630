import { OrganizationId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { consistently } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { adjust, erase, replace } from '../table/writes.ts';
import { WebhookDueItem } from './webhook.noun.ts';

/**
 * Organizations with something to send, and when. Others aren't on the list, so that checking it every
 * minute costs the same, however many organizations there are.
 * @param platform the platform's partition for it
 */
export const dueList = (platform: OrganizationScope) => ({
  /** Adds an organization. Returns a mark that identifies this addition. */
  async put(organizationId: OrganizationId, at: Date): Promise<string> {
    const dueAt = at.toISOString();
    await write(platform, replace(platform, WebhookDueItem, { dueOrganization: organizationId, dueAt }));
    return dueAt;
  },

  /** Sets when it is due next, or removes it, unless it was added again meanwhile. */
  async settle(organizationId: OrganizationId, mark: string, next: Date | null): Promise<void> {
    const key = { dueOrganization: organizationId };
    const condition = {
      where: ({ dueAt }: { readonly dueAt: string }, { eq }: { eq(one: string, other: string): string }) =>
        eq(dueAt, mark),
    };
    await write(
      platform,
      next === null
        ? erase(platform, WebhookDueItem, key, condition)
        : adjust(platform, WebhookDueItem, key, { set: { dueAt: next.toISOString() }, ...condition }),
    );
  },

  /** The organizations that are due. */
  async at(now: Date): Promise<OrganizationId[]> {
    const { data } = await entityOf(WebhookDueItem)
      .query.primary({ organizationId: platform.organizationId })
      .go({ ...consistently(platform), pages: 'all' });
    return data
      .filter(({ dueAt }) => dueAt <= now.toISOString())
      .map(({ dueOrganization }) => OrganizationId.parse(dueOrganization));
  },
});
