import type { OrganizationId } from '../../../domain/ids.ts';
import { Banner } from '../../components/banner.tsx';
import { may, useMember } from '../../lib/member.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';

interface Props {
  readonly organizationId: OrganizationId;
  readonly deletionFrom: string;
  /** Whether a super admin reads it, who isn't of the organization. */
  readonly isVisit: boolean;
}

/**
 * Tells everybody in an organization that leaves, on each of its pages, that nothing can be changed; its
 * admins where to get their data, and a super admin how far the leaving is.
 */
export function FrozenNotice({ organizationId: id, deletionFrom, isVisit }: Props) {
  const { departures } = useTexts();
  const { date } = useFormats();
  const member = useMember();
  const day = date(deletionFrom);
  if (isVisit)
    return (
      <Banner link={{ to: `/admin/departures/${id}`, title: departures.see }}>
        {departures.visitNotice(day)}
      </Banner>
    );
  const mayExport = may(member, 'export', 'DataExport', id);
  const link = { to: `/organizations/${id}/data-export`, title: departures.ownExport };
  return <Banner link={mayExport ? link : undefined}>{departures.notice(day)}</Banner>;
}
