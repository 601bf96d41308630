import { Fieldset, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import type { OrganizationId } from '../../../../domain/ids.ts';
import { OwnOrganization } from '../../../../domain/organization/organization.schema.ts';
import type { UsageSnapshot } from '../../../../domain/usage/usage.schema.ts';
import { organizationRoutes } from '../../../../functions/http/organization/routes.ts';
import { Page, Section } from '../../../components/page.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { organizationSummaryQuery, useOrganization } from '../../../lib/member.tsx';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import { SubscriptionInWords, UsedOfPlan } from '../plan.tsx';
import { latestFiguresQuery } from '../queries.ts';
import { SettingsForm } from './settings-form.tsx';

/** An organization's own settings, for its admins. */
export function SettingsPage() {
  const { id } = useOrganization();
  const { organizations } = useTexts();
  return (
    <Page title={organizations.settings} description={organizations.settingsText}>
      <OwnSettings organizationId={id} />
    </Page>
  );
}

type Own = z.infer<typeof OwnOrganization>;

/** The settings that an organization's admin may change, and its plan (read-only). */
function OwnSettings({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const params = { organizationId };
  const summary = organizationSummaryQuery(api, organizationId);
  const query = useQuery({ ...summary, select: (data) => OwnOrganization.parse(data) });
  return (
    <QueryView query={query}>
      {(own) => (
        <Stack gap="md">
          <Section id="profile" title={organizations.profile}>
            <Fieldset
              variant="unstyled"
              aria-label={organizations.profile}
              m={0}
              disabled={own.frozenAt !== undefined}
            >
              <SettingsForm
                organizationId={organizationId}
                stored={own}
                read={async () =>
                  OwnOrganization.parse(await api(organizationRoutes.getOwnOrganization, { params }))
                }
                isWhole={false}
                save={({ contactPerson, allowedDomains, reminders }, revision) =>
                  api(organizationRoutes.updateOwnOrganization, {
                    params,
                    body: {
                      ...(contactPerson === undefined ? {} : { contactPerson }),
                      ...(allowedDomains === undefined ? {} : { allowedDomains }),
                      ...(reminders === undefined ? {} : { reminders }),
                    },
                    revision,
                  })
                }
                onSettled={() => queries.invalidateQueries({ queryKey: summary.queryKey })}
              />
            </Fieldset>
          </Section>
          <PlanOf own={own} />
        </Stack>
      )}
    </QueryView>
  );
}

function PlanOf({ own }: { readonly own: Own }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const query = useQuery(latestFiguresQuery(api, own.id));
  return (
    <Section id="plan" title={organizations.plan}>
      <Text>
        <SubscriptionInWords {...own.subscription} />
      </Text>
      <QueryView query={query} rows={3}>
        {(figures) =>
          figures === null ? (
            <Text size="sm" c="dimmed">
              {organizations.notComputed}
            </Text>
          ) : (
            <Used figures={figures} own={own} />
          )
        }
      </QueryView>
      <Text size="sm" c="dimmed">
        {organizations.planText}
      </Text>
    </Section>
  );
}

function Used({ figures, own }: { readonly figures: UsageSnapshot; readonly own: Own }) {
  const { organizations } = useTexts();
  const { relative } = useFormats();
  const { users, pendingInvitations, teams } = figures;
  const kpis = Object.values(figures.kpis).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <UsedOfPlan plan={own.subscription.plan} counts={{ users, pendingInvitations, teams, kpis }} />
      <Text size="sm" c="dimmed">
        {organizations.asOf(relative(figures.computedAt, new Date()))}
      </Text>
    </>
  );
}
