import { Button, Group, Text } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { Link } from '@tanstack/react-router';
import * as z from 'zod/mini';
import type { Departure } from '../../../domain/departure/departure.schema.ts';
import { Section } from '../../components/page.tsx';
import { saveFile } from '../../lib/api.ts';
import { useFormats, useTexts } from '../../text/language.tsx';

interface Props {
  readonly departure: Departure;
}

/** What becomes of the data: how it is deleted, how far that is, and what proves it. */
export function DeletionSection({ departure }: Props) {
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

function Ask({ departure: { organizationId, name, deletionFrom } }: Props) {
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

/** What of a certificate's text is told here. */
const Told = z.object({ items: z.int(), backupsEnd: z.string() });

function Deleted({ departure: { organizationId, certificate, deletedAt = '' } }: Props) {
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
