import { Button, Group, Text } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DataExport } from '../../../domain/departure/data-export.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { dataExportRoutes } from '../../../functions/http/departure/routes.ts';
import { ErrorNotice, notify, useErrorNotice } from '../../components/notify.tsx';
import { Page, Section } from '../../components/page.tsx';
import { useChange } from '../../lib/change.ts';
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
  const { departures } = useTexts();
  const downloading = useChange({
    mutationFn: (_: undefined) => api(dataExportRoutes.getDataExportLink, { params: { organizationId } }),
    // The store responds with an attachment, so the page stays open.
    onSuccess: ({ url }) => window.location.assign(url),
    onError: useErrorNotice(),
  });
  return (
    <Button
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={downloading.isPending}
      onClick={() => downloading.mutate(undefined)}
    >
      {departures.download}
    </Button>
  );
}

function Again({ organizationId }: Props) {
  const { api } = useSession();
  const { departures } = useTexts();
  const queries = useQueryClient();
  const asking = useChange({
    mutationFn: (_: undefined, key) =>
      api(dataExportRoutes.requestDataExport, { params: { organizationId }, key }),
    onSuccess: () => notify({ message: departures.requestedAgain }),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <>
      <Button variant="default" loading={asking.isPending} onClick={() => asking.mutate(undefined)}>
        {departures.requestAgain}
      </Button>
      <ErrorNotice error={asking.error} />
    </>
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
