import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Failed } from '../components/states.tsx';
import { isOffline } from '../lib/api-error.ts';
import { onceBack } from '../lib/connection.ts';

/**
 * In the place of a page that broke, or whose code could not be loaded; that is tried again when the
 * connection is back.
 */
export function PageFailed({ error }: ErrorComponentProps) {
  const router = useRouter();
  const what = error instanceof Error ? error : new Error(String(error));
  useEffect(() => (isOffline(error) ? onceBack(() => router.invalidate()) : undefined), [error, router]);
  return <Failed error={what} onRetry={() => void router.invalidate()} />;
}
