import { Navigate } from '@tanstack/react-router';
import { useMember } from '../../lib/me.tsx';

/** Leads on to the page that is each person's own. */
export const Start = () => <Navigate to={useMember().landingPath} replace />;
