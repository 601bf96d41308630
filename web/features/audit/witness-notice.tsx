import { Alert, Stack, Text } from '@mantine/core';
import IconShieldX from '@tabler/icons-react/icons/IconShieldX';
import { useQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { auditRoutes } from '../../../functions/http/audit/routes.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { witness } from './witness.ts';

/**
 * This browser's record of an organization's checkpoints; refreshed once per visit and after a
 * verification.
 */
export const useWitness = (organizationId: OrganizationId, isAllowed: boolean) => {
  const { api } = useSession();
  return useQuery({
    queryKey: ['audit-witness', organizationId],
    enabled: isAllowed,
    staleTime: 300_000,
    retry: false,
    queryFn: ({ signal }) =>
      witness(organizationId, (from) =>
        api(auditRoutes.getLatestCheckpoint, { params: { organizationId }, query: { from }, signal }),
      ),
  });
};

/** Warns if the audit log contradicts what this browser has seen earlier; otherwise renders nothing. */
export function WitnessNotice({
  organizationId,
  isAllowed,
}: {
  readonly organizationId: OrganizationId;
  readonly isAllowed: boolean;
}) {
  const { audit } = useTexts();
  const { number, moment } = useFormats();
  const { data } = useWitness(organizationId, isAllowed);
  if (data === undefined || data.contradiction === null) return null;
  const { seen, contradiction } = data;
  const texts = audit.witness;
  const text = texts[contradiction];
  const said = typeof text === 'string' ? text : text(number(seen?.size ?? 0), seen ? moment(seen.time) : '');
  return (
    <Alert color="red" title={texts.title} icon={<IconShieldX size={18} aria-hidden />} role="alert">
      <Stack gap={4}>
        <Text size="sm">{said}</Text>
        <Text size="sm">{texts.act}</Text>
      </Stack>
    </Alert>
  );
}
