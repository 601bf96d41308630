import { useLocalStorage } from '@mantine/hooks';
import { useCallback } from 'react';
import * as z from 'zod/mini';
import { OrganizationId } from '../../domain/ids.ts';

const Recent = z.array(z.object({ id: OrganizationId, name: z.string() }));
type Recent = z.infer<typeof Recent>;

const most = 5;
const prefix = 'recent-organizations:';

/** The stored value may come from another version or be missing. */
function read(text: string | undefined): Recent {
  try {
    return Recent.parse(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
}

/** The organizations that a super admin visited last, newest first, and a function that adds one. */
export function useRecentOrganizations(userId: string) {
  const [recent, setRecent] = useLocalStorage<Recent>({
    key: `${prefix}${userId}`,
    defaultValue: [],
    deserialize: read,
    getInitialValueInEffect: false,
  });
  const add = useCallback(
    (visited: Recent[number]) =>
      setRecent((before) => [visited, ...before.filter(({ id }) => id !== visited.id)].slice(0, most)),
    [setRecent],
  );
  return [recent, add] as const;
}

/** Forgets all organizations visited in this browser. */
export function forgetRecentOrganizations(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}
