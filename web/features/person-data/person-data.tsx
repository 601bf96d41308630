import { Button, Group, Text } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PersonExport } from '../../../domain/person-data/person-data.schema.ts';
import { personDataRoutes } from '../../../functions/http/person-data/routes.ts';
import { ErrorNotice, notify, useErrorNotice } from '../../components/notify.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useChange } from '../../lib/change.ts';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { ErasureSection } from './erasure-section.tsx';
import { personExportQuery, type Whose } from './queries.ts';

/** What an organization stores about a person, for its admins. */
export function DataOfPerson(whose: Whose) {
  const { personData } = useTexts();
  return (
    <>
      <ExportSection whose={whose} text={personData.exportText} />
      <ErasureSection whose={whose} />
    </>
  );
}

/** The same about the user themself. */
export function OwnData(whose: Whose) {
  const { personData } = useTexts();
  return (
    <>
      <ExportSection whose={whose} text={personData.ownText} />
      <ErasureSection whose={whose} />
    </>
  );
}

function ExportSection({ whose, text }: { readonly whose: Whose; readonly text: string }) {
  const { api } = useSession();
  const { personData } = useTexts();
  const query = useQuery({ ...personExportQuery(api, whose), ...usePolling() });
  return (
    <Section id="person-export" title={personData.export}>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      <QueryView query={query}>{(found) => <State whose={whose} found={found} />}</QueryView>
    </Section>
  );
}

function State({ whose, found }: { readonly whose: Whose; readonly found: PersonExport | null }) {
  const { personData } = useTexts();
  const { number, date } = useFormats();
  if (found === null) return <Request whose={whose} title={personData.create} />;
  const { status, items, availableUntil } = found;
  const said = [
    personData.states[status],
    ...(status === 'ready' || status === 'running' ? [personData.exported(number(items))] : []),
    ...(status === 'ready' && availableUntil !== undefined ? [personData.until(date(availableUntil))] : []),
  ];
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" role="status">
        {said.join(' · ')}
      </Text>
      {status === 'ready' && <Download {...whose} />}
      {status === 'expired' && <Request whose={whose} title={personData.createAgain} />}
    </Group>
  );
}

function Download(params: Whose) {
  const { api } = useSession();
  const { personData } = useTexts();
  const downloading = useChange({
    mutationFn: (_: undefined) => api(personDataRoutes.getPersonExportLink, { params }),
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
      {personData.download}
    </Button>
  );
}

function Request({ whose: params, title }: { readonly whose: Whose; readonly title: string }) {
  const { api } = useSession();
  const { personData } = useTexts();
  const queries = useQueryClient();
  const asking = useChange({
    mutationFn: (_: undefined, key) => api(personDataRoutes.requestPersonExport, { params, key }),
    onSuccess: () => notify({ message: personData.requested }),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <>
      <Group>
        <Button variant="default" loading={asking.isPending} onClick={() => asking.mutate(undefined)}>
          {title}
        </Button>
      </Group>
      <ErrorNotice error={asking.error} />
    </>
  );
}
