import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PersonExport } from '../../../domain/person-data/person-data.schema.ts';
import { personDataRoutes } from '../../../functions/http/person-data/routes.ts';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { DownloadButton, SendButton } from '../../components/send-button.tsx';
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
  return (
    <DownloadButton link={() => api(personDataRoutes.getPersonExportLink, { params })}>
      {useTexts().personData.download}
    </DownloadButton>
  );
}

function Request({ whose: params, title }: { readonly whose: Whose; readonly title: string }) {
  const { api } = useSession();
  const { personData } = useTexts();
  return (
    <Group>
      <SendButton
        send={(key) => api(personDataRoutes.requestPersonExport, { params, key })}
        says={() => personData.requested}
      >
        {title}
      </SendButton>
    </Group>
  );
}
