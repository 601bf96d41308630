import { Button, Group, Stack, Text } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import * as z from 'zod/mini';
import type { Departure } from '../../../domain/departure/departure.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { departureRoutes } from '../../../functions/http/departure/platform-routes.ts';
import { NotFound } from '../../components/no-page.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageQuery } from '../../components/query-view.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { useAddressOrganization } from '../../lib/address.ts';
import { saveFile } from '../../lib/api.ts';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { StageBadge } from './departures-page.tsx';
import { ExportSection } from './export-section.tsx';
import { departureQuery } from './queries.ts';

interface DeletionSectionProps {
  readonly departure: Departure;
}

/** The deletion of the data: how it works, its progress, and its certificate. */
function DeletionSection({ departure }: DeletionSectionProps) {
  const { departures } = useTexts();
  const { number } = useFormats();
  const { stage, deletedItems = 0 } = departure;
  if (stage === 'undone') return null;
  return (
    <Section id="deletion" title={departures.deletionTitle}>
      {stage === 'grace' && <Ask departure={departure} />}
      {stage === 'deleting' && (
        <Text size="sm" role="status">
          {departures.deleting(number(deletedItems))}
        </Text>
      )}
      {stage === 'deleted' && <Deleted departure={departure} />}
    </Section>
  );
}

function Ask({ departure: { organizationId, name, deletionFrom } }: DeletionSectionProps) {
  const { departures } = useTexts();
  const search = new URLSearchParams({ dialog: 'remove-data', organization: organizationId, name });
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm">{departures.deletionText}</Text>
      {deletionFrom <= new Date().toISOString() && (
        <Button variant="default" component={Link} to={`/admin/approvals?${search}`}>
          {departures.requestDeletion}
        </Button>
      )}
    </Group>
  );
}

/** The parts of a certificate that are shown. */
const Told = z.object({ items: z.int(), backupsEnd: z.string() });

function Deleted({ departure: { organizationId, certificate, deletedAt = '' } }: DeletionSectionProps) {
  const { departures } = useTexts();
  const { number, moment, date } = useFormats();
  if (certificate === undefined) return null;
  const { items, backupsEnd } = Told.parse(JSON.parse(certificate.text));
  const save = () =>
    saveFile(
      [new Blob([JSON.stringify(certificate, null, 2)])],
      `${organizationId}.certificate.json`,
      'application/json',
    );
  return (
    <>
      <Text size="sm">{departures.deleted(number(items), moment(deletedAt))}</Text>
      <Text size="sm">{departures.backupsEnd(date(backupsEnd))}</Text>
      <Group>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
          {departures.certificate}
        </Button>
      </Group>
    </>
  );
}

/** The state of one organization's departure, and what the super admin can do about it. */
export function DeparturePage() {
  const organizationId = useAddressOrganization();
  return organizationId === null ? <NotFound /> : <Detail organizationId={organizationId} />;
}

function Detail({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { departures } = useTexts();
  const query = useQuery({ ...departureQuery(api, organizationId), ...usePolling() });
  return (
    <PageQuery query={query}>
      {(departure) => (
        <Page
          title={departure.name}
          mark={<StageBadge stage={departure.stage} />}
          description={departure.reason}
          parents={[{ title: departures.title, to: '/admin/departures' }]}
          actions={
            departure.stage === 'grace' || departure.stage === 'undone' ? (
              <Button variant="default" component={Link} to={`/admin/organizations/${organizationId}`}>
                {departures.seeOrganization}
              </Button>
            ) : undefined
          }
        >
          <Stack gap="md">
            <Freeze departure={departure} />
            {departure.stage === 'grace' && <ExportSection organizationId={organizationId} />}
            <DeletionSection departure={departure} />
          </Stack>
        </Page>
      )}
    </PageQuery>
  );
}

interface Props {
  readonly departure: Departure;
}

/** Since when the organization is frozen, until when that can be undone, and how. */
function Freeze({ departure }: Props) {
  const { departures, audit } = useTexts();
  const { moment, date } = useFormats();
  const { stage, frozenAt, startedBy, deletionFrom } = departure;
  const isOver = deletionFrom <= new Date().toISOString();
  return (
    <Section id="steps" title={departures.steps}>
      <Text size="sm">
        {departures.frozenSince(moment(frozenAt), startedBy.name ?? audit.actors.support)}
      </Text>
      {stage === 'undone' ? (
        <Text size="sm">{departures.undone}</Text>
      ) : (
        <Text size="sm">
          {isOver ? departures.graceOver(date(deletionFrom)) : departures.graceUntil(date(deletionFrom))}
        </Text>
      )}
      {stage === 'grace' && <Undo departure={departure} />}
    </Section>
  );
}

function Undo({ departure: { organizationId, name } }: Props) {
  const { api } = useSession();
  const { departures } = useTexts();
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed">
        {departures.undoText}
      </Text>
      <SendButton
        send={(key) => api(departureRoutes.undoDeparture, { params: { organizationId }, key })}
        says={() => departures.wasUndone(name)}
      >
        {departures.undo}
      </SendButton>
    </Group>
  );
}
