import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import IconLifebuoy from '@tabler/icons-react/icons/IconLifebuoy';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { SupportAccess, SupportState } from '../../../domain/support-access/support-access.schema.ts';
import { PersonAvatar } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { usePanels } from '../../components/panels.tsx';
import { PagedList } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { AccessActions } from './access-actions.tsx';
import { supportAccessesQuery } from './queries.ts';

const tones: Readonly<Record<SupportState, Tone>> = {
  requested: 'warning',
  open: 'info',
  ended: 'neutral',
  declined: 'neutral',
  expired: 'neutral',
  lapsed: 'neutral',
};

interface Props {
  readonly access: SupportAccess;
  /** Whether the pages viewed are expanded initially. */
  readonly isFirst: boolean;
}

/** One support access: who, why, how long, and what was viewed and changed. */
function AccessCard({ access, isFirst }: Props) {
  const { supportAccess: texts, audit } = useTexts();
  const { operator, state, reason, isEmergency } = access;
  const name = operator.name ?? audit.actors.support;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <PersonAvatar name={name} size={32} />
            <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
              <bdi>{name}</bdi>
            </Title>
            <StatusBadge tone={tones[state]}>{texts.states[state]}</StatusBadge>
            {isEmergency && <StatusBadge tone="bad">{texts.isEmergency}</StatusBadge>}
          </Group>
          <AccessActions access={access} name={name} />
        </Group>
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          <bdi>{reason}</bdi>
        </Text>
        <Facts access={access} />
        <Activity access={access} isFirst={isFirst} />
      </Stack>
    </Paper>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  if (children === undefined) return null;
  return (
    <Group gap={6} align="baseline" wrap="nowrap">
      <Text component="dt" size="sm" c="dimmed" style={{ flex: 'none' }}>
        {title}
      </Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{children}</bdi>
      </Text>
    </Group>
  );
}

function Facts({ access }: { readonly access: SupportAccess }) {
  const { supportAccess: texts } = useTexts();
  const { moment, time } = useFormats();
  const { mode, changeReason, from, until, minutes, grantedBy, endedAt, endedBy, extensions } = access;
  const last = endedAt ?? until;
  return (
    <Group component="dl" gap="lg" m={0} style={{ rowGap: 4 }}>
      <Fact title={texts.mode}>{texts.modes[mode]}</Fact>
      <Fact title={texts.when}>
        {from === undefined || last === undefined
          ? texts.asked(texts.durations(minutes))
          : texts.period(moment(from), time(last))}
      </Fact>
      <Fact title={texts.why}>{changeReason}</Fact>
      <Fact title={texts.grantedBy}>{grantedBy?.name}</Fact>
      <Fact title={texts.endedBy}>{endedBy?.name}</Fact>
      {extensions.map(({ reason, at }) => (
        <Fact key={at} title={texts.extensions}>
          {reason}
        </Fact>
      ))}
    </Group>
  );
}

function Activity({ access, isFirst }: Props) {
  const { supportAccess: texts } = useTexts();
  const [isShown, setShown] = useState(isFirst);
  const panels = usePanels('support', access.organizationId);
  const may = useMay(access.organizationId);
  if (access.from === undefined || !may('list', 'AuditEntry')) return null;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3} size="sm">
          {texts.activity}
        </Title>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? texts.hideActivity : texts.showActivity}
        </Button>
      </Group>
      {isShown && panels.map(({ name, component: Panel }) => <Panel key={name} access={access} />)}
    </Stack>
  );
}

/** Current and past support accesses, as the organization's admins see them. */
export function SupportPage() {
  const { api } = useSession();
  const { supportAccess: texts } = useTexts();
  const { id } = useOrganization();
  const query = useInfiniteQuery({ ...supportAccessesQuery(api, id), ...usePolling() });
  return (
    <Page title={texts.title} description={texts.about}>
      <PagedList
        query={query}
        empty={
          <Empty title={texts.none} icon={IconLifebuoy}>
            {texts.noneText}
          </Empty>
        }
      >
        {(accesses) => (
          <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label={texts.title}>
            {accesses.map((access, index) => (
              <li key={access.id}>
                <AccessCard access={access} isFirst={index === 0} />
              </li>
            ))}
          </Stack>
        )}
      </PagedList>
    </Page>
  );
}
