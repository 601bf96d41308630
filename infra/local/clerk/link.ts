import { mount } from './http/clerk-request.ts';
import type { Invitation } from './store/state.ts';

/** Where the stand-in's invitation links lead, without the mount. */
export const acceptPath = '/invitations/accept';

/** The link in an invitation's mail. */
export const linkOf = ({ ticket }: Invitation, origin: string): string =>
  `${origin}${mount}${acceptPath}?ticket=${ticket}`;
