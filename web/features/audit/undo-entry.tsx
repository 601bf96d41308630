import { Button, Text } from '@mantine/core';
import IconArrowBackUp from '@tabler/icons-react/icons/IconArrowBackUp';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PLATFORM } from '../../../domain/ids.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { said } from '../../text/said.ts';
import type { Names, TrailEntry } from './names.ts';
import { undoQuery } from './queries.ts';
import { UndoDialog } from './undo-dialog.tsx';

interface Props {
  readonly entry: TrailEntry;
  readonly names: Names;
}

/** Offers to undo an entry, or says why it can't be undone; nothing for whoever may not. */
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
