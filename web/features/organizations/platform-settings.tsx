import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { OrganizationWithCounts } from '../../../domain/organization/organization.schema.ts';
import { organizationsRoutes } from '../../../functions/http/organization/platform-routes.ts';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { organizationsKey } from './queries.ts';
import { SettingsForm } from './settings-form.tsx';
import { SuspendAction } from './standing-actions.tsx';

/** What a super admin may change of an organization, and the way to suspend it. */
export function PlatformSettings({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const params = { organizationId: organization.id };
  return (
    <Stack gap="md">
      <Section id="profile" title={organizations.profile}>
        <SettingsForm
          organizationId={organization.id}
          stored={organization}
          read={() => api(organizationsRoutes.getOrganization, { params })}
          isWhole
          save={(body, revision) => api(organizationsRoutes.updateOrganization, { params, body, revision })}
          onSettled={() => queries.invalidateQueries({ queryKey: organizationsKey })}
        />
      </Section>
      {organization.status === 'active' && (
        <Section id="danger" title={organizations.danger}>
          <SuspendAction organization={organization} />
        </Section>
      )}
    </Stack>
  );
}
