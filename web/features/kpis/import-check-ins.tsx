import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { BulkCheckInResult } from '../../../domain/kpi/check-in.schema.ts';
import { checkInRoutes } from '../../../functions/http/check-in/routes.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { doubtOf } from '../../components/form/number-field.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { useChange } from '../../lib/change.ts';
import { kpisKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useUnsavedGuard } from '../../lib/unsaved.ts';
import { useTexts } from '../../text/language.tsx';
import { saidOfLine } from '../../text/said.ts';
import { bodyOf, type Line, mostLines, partsOf, readCheckIns, textOfFile } from './check-in-lines.ts';

interface Props {
  readonly organizationId: OrganizationId;
  readonly onClose: () => void;
}

type Outcome = Omit<BulkCheckInResult['results'][number], 'index'>;
interface Result {
  readonly line: Line;
  readonly outcome: Outcome;
}

const largestFile = 5_000_000;

/** Imports check-ins from a table: every line is validated first, and its outcome is shown. */
export function ImportCheckIns({ organizationId, onClose }: Props) {
  const { imports } = useTexts().kpis;
  const [text, setText] = useState('');
  const [fileProblem, setFileProblem] = useState<'notText' | 'tooLarge' | null>(null);
  const { lines, unclosed } = useMemo(() => readCheckIns(text), [text]);
  const checking = useLines(organizationId, true);
  const importing = useLines(organizationId, false);
  const change = (next: string) => {
    setText(next);
    setFileProblem(null);
    checking.reset();
  };
  const open = async (file: File | null) => {
    if (file === null) return;
    if (file.size > largestFile) return setFileProblem('tooLarge');
    const read = textOfFile(new Uint8Array(await file.arrayBuffer()));
    change(read ?? '');
    setFileProblem(read === null ? 'notText' : null);
  };
  const isUnsaved = text.trim() !== '' && !importing.isSuccess;
  useUnsavedGuard(isUnsaved);
  if (importing.isSuccess) return <Results results={importing.data} onClose={onClose} />;
  const { data: checked } = checking;
  const ready = (checked ?? []).filter(({ outcome }) => outcome.status === 'created').map(({ line }) => line);
  const problem = () => {
    if (fileProblem !== null) return imports[fileProblem];
    if (unclosed !== null) return imports.unclosed(unclosed);
    if (lines.length > mostLines) return imports.tooMany(mostLines);
    return text.trim() !== '' && lines.length === 0 ? imports.nothing : null;
  };
  const step = checked === undefined ? checking : importing;
  return (
    <FormDialog
      title={imports.title}
      size="xl"
      action={checked === undefined ? imports.check : imports.send(ready.length)}
      isComplete={problem() === null && (checked === undefined ? lines : ready).length > 0}
      sending={{
        pending: step.isPending,
        error: step.error,
        submit: () => step.mutate(checked === undefined ? lines : ready),
        isUnsaved,
      }}
      onClose={onClose}
    >
      <Textarea
        label={imports.label}
        description={imports.hint}
        placeholder={imports.example}
        rows={6}
        value={text}
        onChange={({ currentTarget }) => change(currentTarget.value)}
        data-autofocus
      />
      <Group justify="space-between">
        <FileButton onChange={(file) => void open(file)} accept=".csv,.tsv,.txt,text/csv">
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
              {imports.file}
            </Button>
          )}
        </FileButton>
      </Group>
      {problem() !== null && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {problem()}
        </Text>
      )}
      {checked !== undefined && <Outcomes results={checked} label={imports.preview} isDone={false} />}
    </FormDialog>
  );
}

/** Sends lines in parts and returns the outcome of each. */
function useLines(organizationId: OrganizationId, dryRun: boolean) {
  const { api } = useSession();
  const queries = useQueryClient();
  return useChange({
    mutationFn: async (lines: readonly Line[], key) => {
      const results: Result[] = [];
      for (const [number, part] of partsOf(lines).entries()) {
        const answer = await api(checkInRoutes.checkInMany, {
          params: { organizationId },
          query: dryRun ? { dryRun: 'true' } : {},
          body: { checkIns: part.map(bodyOf) },
          key: `${key}-${number}`,
        });
        for (const { index, ...outcome } of answer.results) {
          const { [index]: line } = part;
          if (line !== undefined) results.push({ line, outcome });
        }
      }
      return results;
    },
    onSettled: () => (dryRun ? undefined : queries.invalidateQueries({ queryKey: kpisKey(organizationId) })),
  });
}

function Results({
  results,
  onClose,
}: {
  readonly results: readonly Result[];
  readonly onClose: () => void;
}) {
  const { imports } = useTexts().kpis;
  return (
    <Dialog title={imports.results} size="xl" onClose={onClose}>
      <Stack gap="md">
        <Outcomes results={results} label={imports.results} isDone />
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {imports.done}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Refused lines are shown first, and no one reads further than this. */
const mostShown = 200;

interface OutcomesProps {
  readonly results: readonly Result[];
  readonly label: string;
  readonly isDone: boolean;
}

/** The number of lines per outcome, and the lines, refused ones first. */
function Outcomes({ results, label, isDone }: OutcomesProps) {
  const { imports, kpi, at, value } = useTexts().kpis;
  const of = (status: Outcome['status']) => results.filter(({ outcome }) => outcome.status === status);
  const [refused, created, unchanged] = [of('refused'), of('created'), of('unchanged')];
  const shown = [...refused, ...created, ...unchanged].slice(0, mostShown);
  const counts = isDone ? imports.importedCounts : imports.counts;
  return (
    <Stack gap="xs" aria-live="polite">
      <Text size="sm" fw={500}>
        {counts(created.length, unchanged.length, refused.length)}
      </Text>
      <DataTable
        label={label}
        items={shown}
        keyOf={({ line }) => String(line.line)}
        columns={[
          { id: 'line', title: imports.line, width: 70, cell: ({ line }) => line.line, phone: 'hidden' },
          {
            id: 'kpi',
            title: kpi,
            cell: ({ line }) => <bdi>{line.kpi}</bdi>,
            text: ({ line }) => line.kpi,
            phone: 'title',
          },
          { id: 'date', title: at, width: 120, cell: ({ line }) => line.date, phone: 'fact' },
          {
            id: 'value',
            title: value,
            width: 110,
            numeric: true,
            cell: ({ line }) => line.value,
            phone: 'fact',
          },
          {
            id: 'outcome',
            title: imports.outcome,
            width: '2fr',
            grows: true,
            phone: 'fact',
            cell: (result) => <OutcomeOf result={result} isDone={isDone} />,
          },
        ]}
      />
      {results.length > mostShown && (
        <Text size="sm" c="dimmed">
          {imports.more(results.length - mostShown)}
        </Text>
      )}
    </Stack>
  );
}

function OutcomeOf({
  result: { line, outcome },
  isDone,
}: {
  readonly result: Result;
  readonly isDone: boolean;
}) {
  const texts = useTexts();
  const { imports } = texts.kpis;
  if (outcome.status === 'unchanged') return <StatusBadge tone="neutral">{imports.unchanged}</StatusBadge>;
  if (outcome.status === 'created')
    return <StatusBadge tone="good">{isDone ? imports.created : imports.willCreate}</StatusBadge>;
  const doubt = Number.isNaN(line.number) ? doubtOf(line.value) : null;
  return (
    <Text size="xs" c="var(--mantine-color-error)" style={{ whiteSpace: 'normal' }}>
      {doubt === null ? saidOfLine(texts, outcome) : texts.errors.twoNumbers(doubt)}
    </Text>
  );
}
