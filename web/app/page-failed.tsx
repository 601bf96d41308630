import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Failed } from '../components/states.tsx';

/** In the place of a page that broke, or whose code could not be loaded. */
export function PageFailed({ error }: ErrorComponentProps) {
  const router = useRouter();
  const what = error instanceof Error ? error : new Error(String(error));
  return <Failed error={what} onRetry={() => void router.invalidate()} />;
}
