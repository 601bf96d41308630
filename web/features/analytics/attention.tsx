import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Overview } from '../../../domain/analytics/analytics.schema.ts';
import type { HealthReasonCode } from '../../../domain/organization/health.schema.ts';
import type { Attention as AttentionData } from '../../../domain/usage/attention.schema.ts';
import { HealthBadge, HealthScore, useHealthWords } from '../../components/health.tsx';
import { OrganizationLink } from '../../components/links.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { overviewQuery } from './queries.ts';
import classes from './rows.module.css';

/** Organizations that need the super admin's attention, with reasons and remedies. */
export function Attention() {
  const { api } = useSession();
  const { analytics } = useTexts();
  const query = useQuery(overviewQuery(api));
  return (
    <Section id="attention" title={analytics.attention}>
      <QueryView query={query} rows={8}>
        {({ attention }) => (attention.items.length === 0 ? <CaughtUp /> : <Organizations {...attention} />)}
      </QueryView>
    </Section>
  );
}

function CaughtUp() {
  const { analytics } = useTexts();
  return (
    <Stack gap={2} align="center" py="xl" ta="center">
      <Text fw={600}>{analytics.nothingNeedsYou}</Text>
      <Text size="sm" c="dimmed">
        {analytics.nothingNeedsYouText}
      </Text>
    </Stack>
  );
}

const shownAtFirst = 6;

function Organizations({ items, total }: Overview['attention']) {
  const { analytics } = useTexts();
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, shownAtFirst);
  const more = items.length - shown.length;
  return (
    <>
      <ul className={classes.list} aria-label={analytics.attention}>
        {shown.map((item) => (
          <Row key={item.organizationId} item={item} />
        ))}
      </ul>
      {more > 0 && (
        <Button variant="subtle" size="compact-sm" w="fit-content" onClick={() => setAll(true)}>
          {analytics.attentionMore(more)}
        </Button>
      )}
      {all && total > items.length && (
        <Text size="sm" c="dimmed">
          {analytics.attentionUnlisted(total - items.length)}
        </Text>
      )}
    </>
  );
}

/** The page where each reason can be addressed. */
const remedyAt = (organizationId: string): Readonly<Record<HealthReasonCode, string>> => {
  const [customer, own] = [`/admin/organizations/${organizationId}`, `/organizations/${organizationId}`];
  return {
    plan_expired: `${customer}?tab=subscription`,
    plan_ends_soon: `${customer}?tab=subscription`,
    no_admin: `${own}/invitations`,
    no_activity: customer,
    low_activity: customer,
    no_check_ins: `${own}/kpis`,
    invitations_waiting: `${own}/invitations`,
    teams_without_leader: `${own}/teams`,
    kpis_quiet: `${own}/kpis`,
    suspended: customer,
  };
};

function Row({ item }: { readonly item: AttentionData }) {
  const { analytics } = useTexts();
  const inWords = useHealthWords();
  const { organizationId, name, reasons, health } = item;
  const [first = 'suspended'] = reasons;
  const remedy = analytics.remedies[first];
  const said = health?.reasons.map(inWords) ?? reasons.map((code) => analytics.reasons[code]);
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <Group gap="0 0.5rem">
          <OrganizationLink organizationId={organizationId} name={name} fw={500} />
          {health !== undefined && <HealthBadge level={health.level} />}
          {health !== undefined && <HealthScore {...health} />}
        </Group>
        <Text size="sm" c="dimmed">
          {said.join(' · ')}
        </Text>
      </div>
      <Button
        component={Link}
        to={remedyAt(organizationId)[first]}
        variant="default"
        size="xs"
        aria-label={analytics.remedyFor(remedy, name)}
      >
        {remedy}
      </Button>
    </li>
  );
}
