import { useQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { SupportAccess } from '../../../domain/support-access/support-access.schema.ts';
import { Banner } from '../../components/banner.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { newestSupportQuery } from './queries.ts';

const isNow = ({ state }: SupportAccess) => state === 'open' || state === 'requested';

/** Tells an admin on every page that platform support has access or requests it. */
export function SupportNotice({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { data } = useQuery(newestSupportQuery(api, organizationId));
  const now = data?.items.filter(isNow) ?? [];
  return now.map((access) => <Notice key={access.id} access={access} />);
}

function Notice({ access }: { readonly access: SupportAccess }) {
  const { supportAccess: texts, audit } = useTexts();
  const { time } = useFormats();
  const { state, isEmergency, operator, reason, until, organizationId } = access;
  const name = operator.name ?? audit.actors.support;
  const say = state === 'requested' ? texts.asks : isEmergency ? texts.isInEmergency : texts.isIn;
  const link = { to: `/organizations/${organizationId}/support-access`, title: texts.review };
  return (
    <Banner link={link}>
      <b>
        <bdi>{say(name)}</bdi>
      </b>
      {until !== undefined && ` (${time(access.from ?? until)} – ${time(until)})`}
      {': '}
      <bdi>{reason}</bdi>
    </Banner>
  );
}
