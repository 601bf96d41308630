import { PLATFORM } from '../../domain/ids.ts';
import { may } from '../lib/access.ts';
import type { Member } from '../lib/me.tsx';

/** Where somebody can go from anywhere: what the server's own rules let them see. */
export function linksOf(member: Member): { readonly title: string; readonly to: string }[] {
  if (may(member, 'list', 'Organization', PLATFORM))
    return [
      { title: 'Dashboard', to: '/admin/dashboard' },
      { title: 'Organizations', to: '/admin/organizations' },
      { title: 'New organization', to: '/admin/organizations/new' },
    ];
  return [{ title: 'Home', to: `/organizations/${member.organization.id}` }];
}
