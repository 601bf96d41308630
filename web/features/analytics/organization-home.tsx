import { Anchor, Box, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { Sparkline } from '../../components/charts/sparkline.tsx';
import { Definition } from '../../components/definition.tsx';
import { KpiDistribution, KpiLatest, KpiStatusBadge } from '../../components/kpi.tsx';
import { KpiLink } from '../../components/links.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Reporting } from '../../components/reporting.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { MetricFigures } from './metric-figures.tsx';
import { listBehind } from './metric-words.ts';
import { organizationQuery } from './queries.ts';
import classes from './rows.module.css';

interface Props {
  readonly organizationId: OrganizationId;
}

/** The status of an organization's KPIs, and which of them need attention. */
export function KpiStanding({ organizationId }: Props) {
  const { api } = useSession();
  const { analytics } = useTexts();
  const query = useQuery(organizationQuery(api, organizationId, {}));
  return (
    <Section
      id="kpi-status"
      title={analytics.kpiStatus}
      mark={<Definition title={analytics.kpiStatus} text={analytics.kpiStatusText} />}
    >
      <QueryView query={query} rows={5}>
        {({ kpis, reporting, needing }) => (
          <Stack gap="md">
            <KpiDistribution counts={kpis} />
            <Reporting {...reporting} />
            <Needing kpis={needing} />
          </Stack>
        )}
      </QueryView>
      <Anchor component={Link} to={`/organizations/${organizationId}/kpis`} size="sm" w="fit-content">
        {analytics.allKpis}
      </Anchor>
    </Section>
  );
}

function Needing({ kpis }: { readonly kpis: readonly Kpi[] }) {
  const { analytics } = useTexts();
  if (kpis.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {analytics.noneNeeding}
      </Text>
    );
  return (
    <ul className={classes.list} aria-label={analytics.needing}>
      {kpis.map((kpi) => (
        <li key={kpi.id} className={classes.row}>
          <div className={classes.kpi}>
            <KpiLink organizationId={kpi.organizationId} kpiId={kpi.id} name={kpi.name} fw={500} />
            <Text size="sm" component="div">
              <KpiLatest kpi={kpi} />
            </Text>
          </div>
          <Box visibleFrom="xs">
            {(kpi.recent?.length ?? 0) > 1 && (
              <Sparkline values={kpi.recent?.map(({ value }) => value) ?? []} />
            )}
          </Box>
          <KpiStatusBadge status={kpi.status} />
        </li>
      ))}
    </ul>
  );
}

const shown = ['users', 'activeUsers7', 'checkIns', 'pendingInvitations'] as const;

/** An organization's figures at a glance, each with its trend. */
export function OrganizationGlance({ organizationId }: Props) {
  const { api } = useSession();
  const texts = useTexts();
  const { analytics } = texts;
  const query = useQuery(organizationQuery(api, organizationId, {}));
  return (
    <section aria-label={analytics.insights}>
      <QueryView query={query} rows={3}>
        {({ headline, computedAt }) => (
          <MetricFigures
            figures={headline}
            shown={shown}
            computedAt={computedAt}
            behind={(metric) => listBehind(organizationId, metric, texts).to}
            cols={{ base: 2 }}
          />
        )}
      </QueryView>
      <Anchor component={Link} to={`/organizations/${organizationId}/analytics`} size="sm" w="fit-content">
        {analytics.allFigures}
      </Anchor>
    </section>
  );
}
