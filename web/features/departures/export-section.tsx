import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DataExport } from '../../../domain/departure/data-export.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { dataExportRoutes } from '../../../functions/http/departure/routes.ts';
import { Page, Section } from '../../components/page.tsx';
import { DownloadButton, SendButton } from '../../components/send-button.tsx';
import { useOrganization } from '../../lib/member.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { exportQuery } from './queries.ts';

interface Props {
  readonly organizationId: OrganizationId;
}

/** The progress of a leaving organization's export, and its download. */
export function ExportSection({ organizationId }: Props) {
  const { api } = useSession();
  const { departures } = useTexts();
  const { data, error } = useQuery({ ...exportQuery(api, organizationId), ...usePolling() });
  return (
    <Section id="export" title={departures.export}>
      <Text size="sm" c="dimmed">
        {departures.exportText}
      </Text>
      {data === undefined ? (
        <Text size="sm">{error !== null && departures.noExport}</Text>
      ) : (
        <State organizationId={organizationId} found={data} />
      )}
    </Section>
  );
}

function State({ organizationId, found }: Props & { readonly found: DataExport }) {
  const { departures } = useTexts();
  const { number, date } = useFormats();
  const { status, items, availableUntil } = found;
  const said = [
    departures.exportStates[status],
    ...(status === 'running' || status === 'ready' ? [departures.exported(number(items))] : []),
    ...(status === 'ready' && availableUntil !== undefined ? [departures.until(date(availableUntil))] : []),
  ];
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" role="status">
        {said.join(' · ')}
      </Text>
      {status === 'ready' && <Download organizationId={organizationId} />}
      {(status === 'expired' || status === 'failed') && <Again organizationId={organizationId} />}
    </Group>
  );
}

function Download({ organizationId }: Props) {
  const { api } = useSession();
  return (
    <DownloadButton link={() => api(dataExportRoutes.getDataExportLink, { params: { organizationId } })}>
      {useTexts().departures.download}
    </DownloadButton>
  );
}

function Again({ organizationId }: Props) {
  const { api } = useSession();
  const { departures } = useTexts();
  return (
    <SendButton
      send={(key) => api(dataExportRoutes.requestDataExport, { params: { organizationId }, key })}
      says={() => departures.requestedAgain}
    >
      {departures.requestAgain}
    </SendButton>
  );
}

/** The data export of a leaving organization, for its own admins. */
export function OwnExportPage() {
  const { departures } = useTexts();
  const { id } = useOrganization();
  return (
    <Page title={departures.ownExport}>
      <ExportSection organizationId={id} />
    </Page>
  );
}
