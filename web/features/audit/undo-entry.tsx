import { Alert, Button, Group, List, Stack, Table, Text } from '@mantine/core';
import IconArrowBackUp from '@tabler/icons-react/icons/IconArrowBackUp';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PLATFORM } from '../../../domain/ids.ts';
import type { Undo, UndoneField } from '../../../domain/undo/undo.schema.ts';
import { auditRoutes } from '../../../functions/http/audit/routes.ts';
import { Dialog } from '../../components/dialog.tsx';
import { notify } from '../../components/notify.tsx';
import { Failed } from '../../components/states.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { said } from '../../text/said.ts';
import { FieldName } from './changes.tsx';
import { addressOf, type Names, namesOf, type TrailEntry } from './names.ts';
import { undoQuery } from './queries.ts';
import { EntrySentence } from './told.tsx';
import { Value } from './values.tsx';

interface UndoDialogProps {
  readonly entry: TrailEntry;
  readonly names: Names;
  readonly preview: Undo;
  readonly onClose: () => void;
}

/** Previews the effect of undoing an entry, field by field, and performs it. */
function UndoDialog({ entry, names, preview, onClose }: UndoDialogProps) {
  const { api } = useSession();
  const queries = useQueryClient();
  const { audit, common } = useTexts();
  const { date } = useFormats();
  const { undo: words } = audit;
  const kind = preview.kind ?? 'puts_back';
  const undoing = useChange({
    mutationFn: (_, key) =>
      api(auditRoutes.undoEntry, {
        params: { organizationId: entry.organizationId, entry: addressOf(entry) },
        body: { revision: preview.revision },
        key,
      }),
    onSuccess: () => {
      onClose();
      notify({ message: words.done[kind] });
    },
    // The undone change may affect any cached data.
    onSettled: () => void queries.invalidateQueries(),
  });
  return (
    <Dialog title={words.titles[kind]} size="lg" above onClose={onClose}>
      <Stack gap="md">
        <Text size="sm" c="dimmed" component="div">
          <EntrySentence entry={entry} names={names} />
        </Text>
        {preview.fields.length > 0 && <Fields entry={entry} preview={preview} />}
        <Effects preview={preview} />
        <Text size="sm" c="dimmed">
          {words.until(date(preview.until.slice(0, 10)))}
        </Text>
        {undoing.error !== null && <Failed error={undoing.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button loading={undoing.isPending} onClick={() => undoing.mutate()}>
            {words.confirm[kind]}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Fields({ entry, preview }: Pick<UndoDialogProps, 'entry' | 'preview'>) {
  const { audit } = useTexts();
  const names = namesOf([], [preview.names]);
  return (
    <Table verticalSpacing={6} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{audit.field}</Table.Th>
          <Table.Th scope="col">{audit.undo.now}</Table.Th>
          <Table.Th scope="col">{audit.undo.afterwards}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {preview.fields.map((field) => (
          <Field key={field.field} {...{ entry, names, field }} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** A field's current and restored value, or why it stays. */
function Field({
  entry,
  names,
  field: { field, now, before, outcome },
}: Pick<UndoDialogProps, 'entry' | 'names'> & { readonly field: UndoneField }) {
  const { outcomes } = useTexts().audit.undo;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        <FieldName path={field} />
      </Table.Th>
      <Table.Td>
        <Value entry={entry} field={field} value={now} names={names} />
      </Table.Td>
      <Table.Td>
        {outcome === 'put_back' ? (
          <b>
            <Value entry={entry} field={field} value={before} names={names} />
          </b>
        ) : (
          <Text span size="sm" c="dimmed">
            {outcomes[outcome]}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** Side effects. */
function Effects({ preview: { effects } }: Pick<UndoDialogProps, 'preview'>) {
  const { undo: words } = useTexts().audit;
  if (effects.length === 0) return null;
  return (
    <Alert color="gray" variant="light" p="sm">
      <List size="sm" spacing={4}>
        {effects.map((effect) => (
          <List.Item key={`${effect.kind} ${effect.name}`}>{words.effects[effect.kind](effect)}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

interface Props {
  readonly entry: TrailEntry;
  readonly names: Names;
}

/** Offers to undo an entry, or explains why that isn't possible; hidden from users without the right. */
export function UndoEntry({ entry, names }: Props) {
  const { api } = useSession();
  const texts = useTexts();
  const { date } = useFormats();
  const { undo: words } = texts.audit;
  const may = useMay(entry.organizationId);
  const mayUndo = entry.organizationId !== PLATFORM && may('undo', 'AuditEntry');
  const { data: preview, isPending } = useQuery({ ...undoQuery(api, entry), enabled: mayUndo });
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  if (!mayUndo || (preview === undefined && !isPending)) return null;
  if (isOpen && preview?.kind) return <UndoDialog {...{ entry, names, preview }} onClose={close} />;
  const { refusal = null, undone = null, kind = null } = preview ?? {};
  if (refusal === null)
    return (
      <Button
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        loading={preview === undefined}
        onClick={() => setOpen(true)}
      >
        {kind === 'brings_back' ? words.restore : words.undo}
      </Button>
    );
  if (refusal.reason === 'undo_of_event') return null;
  return (
    <Text size="sm" c="dimmed" w="100%">
      {undone === null
        ? said(texts, refusal)
        : words.undoneBy(undone.name ?? words.someone, date(undone.at.slice(0, 10)))}
    </Text>
  );
}
