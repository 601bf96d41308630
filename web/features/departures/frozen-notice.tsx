import type { OrganizationId } from '../../../domain/ids.ts';
import { Banner } from '../../components/banner.tsx';
import { may, useMember } from '../../lib/member.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';

interface Props {
  readonly organizationId: OrganizationId;
  readonly deletionFrom: string;
  /** Whether the reader is a visiting super admin. */
  readonly isVisit: boolean;
}

/**
 * Tells everyone in a leaving organization, on every page, that nothing can be changed. Admins get a link
 * to their data, super admins one to the departure.
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
