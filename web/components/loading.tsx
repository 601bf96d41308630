import { Skeleton, Stack } from '@mantine/core';
import { useTexts } from '../text/language.tsx';

/** What a view shows while it waits: about as tall as what comes, so that nothing jumps. */
export function Loading({ rows = 4 }: { readonly rows?: number }) {
  const { loading } = useTexts().common;
  return (
    <Stack gap="xs" role="status" aria-label={loading}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that are all the same have no other name
        <Skeleton key={index} height={44} />
      ))}
    </Stack>
  );
}
