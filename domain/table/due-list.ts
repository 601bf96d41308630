import type { OrganizationId } from '../ids.ts';
import type { dueItem } from './item.ts';
import { findAll } from './reads.ts';
import type { OrganizationScope } from './scope.ts';
import { write } from './transaction.ts';
import { adjust, erase, replace } from './writes.ts';

/**
 * Organizations with something to do, and when. Others aren't on the list, so that checking it costs the
 * same, however many organizations there are.
 * @param platform the platform's partition for it
 */
export function dueList(platform: OrganizationScope, kind: ReturnType<typeof dueItem>) {
  /** Adds an organization. Returns a mark that identifies this addition. */
  async function put(organizationId: OrganizationId, at: Date): Promise<string> {
    const dueAt = at.toISOString();
    await write(platform, replace(platform, kind, { dueOrganization: organizationId, dueAt }));
    return dueAt;
  }

  /** Sets when it is due next, or removes it, unless it was added again meanwhile. */
  async function settle(organizationId: OrganizationId, mark: string, next: Date | null): Promise<void> {
    const key = { dueOrganization: organizationId };
    const condition = { where: ({ dueAt }: Due, { eq }: Equal) => eq(dueAt, mark) };
    await write(
      platform,
      next === null
        ? erase(platform, kind, key, condition)
        : adjust(platform, kind, key, { set: { dueAt: next.toISOString() }, ...condition }),
    );
  }

  /** The organizations that are due. */
  async function at(now: Date): Promise<OrganizationId[]> {
    const all = await findAll(platform, kind);
    return all.filter(({ dueAt }) => dueAt <= now.toISOString()).map((one) => one.dueOrganization);
  }

  /**
   * Runs `keep` for all organizations while time remains, and removes those for which it returns that all is
   * done. A failing one doesn't block the others.
   */
  async function keepAll(
    { clock, until }: { readonly clock: () => Date; readonly until: Date },
    keep: (organizationId: OrganizationId) => Promise<boolean>,
  ): Promise<{ readonly failures: readonly unknown[] }> {
    const failures: unknown[] = [];
    for (const { dueOrganization, dueAt } of await findAll(platform, kind))
      try {
        if (clock() >= until || !(await keep(dueOrganization))) continue;
        await settle(dueOrganization, dueAt, null);
      } catch (error) {
        failures.push(error);
      }
    return { failures };
  }

  return { put, settle, at, keepAll };
}

interface Due {
  readonly dueAt: string;
}

interface Equal {
  eq(one: string, other: string): string;
}
