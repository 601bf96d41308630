import { Outlet } from '@tanstack/react-router';
import { PLATFORM } from '../../domain/ids.ts';
import { may } from '../lib/access.ts';
import { useMember } from '../lib/me.tsx';
import { useTexts } from '../text/language.tsx';
import { Forbidden } from './pages/forbidden.tsx';

/** Decided before a page is loaded: nothing is asked of the server that it would refuse. */
export function SuperAdminsOnly() {
  const { errors } = useTexts();
  return may(useMember(), 'list', 'Organization', PLATFORM) ? (
    <Outlet />
  ) : (
    <Forbidden who={errors.superAdmins} />
  );
}
