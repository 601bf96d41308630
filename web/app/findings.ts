import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { PLATFORM } from '../../domain/ids.ts';
import { features } from '../features.ts';
import type { Found } from '../lib/feature.ts';
import { may, useMember } from '../lib/member.tsx';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { useVisited } from './navigation.ts';

const typingMilliseconds = 150;

/**
 * Server-side search results, per feature. They match more than names, so they aren't filtered again;
 * results of an earlier query are discarded.
 */
export function useFindings(words: string) {
  const { api } = useSession();
  const member = useMember();
  const texts = useTexts();
  const here = useVisited() ?? member.organization.id;
  const wanted = words.trim();
  const [settled] = useDebouncedValue(wanted, typingMilliseconds);
  const isSettled = settled === wanted && wanted !== '';
  const finders = features.flatMap(({ name, finds }) => {
    const organizationId = finds?.under === 'admin' ? PLATFORM : here;
    const isAllowed = finds !== undefined && may(member, ...finds.needs, organizationId);
    // The platform has no people or teams to search for.
    const isHere = finds?.under === 'admin' || here !== PLATFORM;
    return isAllowed && isHere ? [{ name, organizationId, ...finds }] : [];
  });
  const answers = useQueries({
    queries: finders.map(({ name, organizationId, load }) => ({
      queryKey: ['palette', name, organizationId, settled],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<readonly Found[]> =>
        (await load())({ api, organizationId, words: settled, signal }),
      enabled: isSettled,
    })),
  });
  const found = finders.map(({ title, icon }, index) => ({
    title: title(texts),
    items: isSettled ? (answers[index]?.data ?? []).map((item) => ({ ...item, icon })) : [],
  }));
  const searching =
    finders.length > 0 && wanted !== '' && (!isSettled || answers.some((one) => one.isLoading));
  return { found, searching };
}
