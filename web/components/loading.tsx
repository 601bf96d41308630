import { Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTexts } from '../text/language.tsx';

const patienceMilliseconds = 8000;

/** What a view shows while it waits: about as tall as what comes, so that nothing jumps. */
export function Loading({ rows = 4 }: { readonly rows?: number }) {
  const { loading } = useTexts().common;
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    if (!patient) return;
    const timer = setTimeout(() => setPatient(false), patienceMilliseconds);
    return () => clearTimeout(timer);
  }, [patient]);
  return (
    <Stack gap="xs" role="status" aria-label={loading} pos="relative">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that are all the same have no other name
        <Skeleton key={index} height={44} />
      ))}
      {!patient && <StillLoading onRetry={() => setPatient(true)} />}
    </Stack>
  );
}

const isUnanswered = ({ state }: Query) => state.status === 'pending';

/** Over what waits, so that nothing moves: the server is slow, and may be asked anew. */
function StillLoading({ onRetry }: { readonly onRetry: () => void }) {
  const { common } = useTexts();
  const queries = useQueryClient();
  const retry = async () => {
    onRetry();
    await queries.cancelQueries({ predicate: isUnanswered });
    await queries.refetchQueries({ type: 'active', predicate: isUnanswered });
  };
  return (
    <Text size="sm" lh={1.3} ta="center" pos="absolute" top={4} left={12} right={12} style={{ zIndex: 20 }}>
      {common.stillLoading}{' '}
      <UnstyledButton fz="sm" td="underline" onClick={() => void retry()}>
        {common.retry}
      </UnstyledButton>
    </Text>
  );
}
