import { ActionIcon, Button, Group, Stack, TextInput, Tooltip } from '@mantine/core';
import IconMessagePlus from '@tabler/icons-react/icons/IconMessagePlus';
import { type FormEvent, useRef, useState } from 'react';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { readValue, reasonOf } from '../../components/check-in/typed-value.ts';
import { useReported } from '../../components/check-in/use-check-in.ts';
import { useUnsavedGuard } from '../../lib/unsaved.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import { useQuickCheckIn } from './queries.ts';

interface FieldProps {
  readonly kpi: Kpi;
  /** Announces what happened to screen readers. */
  readonly onSaid: (words: string) => void;
}

/** The next input of the same list. */
function focusNext(form: HTMLFormElement): void {
  const list = form.closest('table');
  const fields = [...(list?.querySelectorAll<HTMLInputElement>('input[inputmode=decimal]') ?? [])];
  const place = fields.findIndex((field) => form.contains(field));
  fields[place + 1]?.focus();
}

const maxUnit = 4;

/** A quick check-in: a value, Enter, and an optional comment. */
export function CheckInField({ kpi, onSaid }: FieldProps) {
  const texts = useTexts();
  const { kpis, home } = texts;
  const { number } = useFormats();
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const reporting = useQuickCheckIn(kpi);
  const say = useReported(kpi);
  const { name, unit } = kpi;
  useUnsavedGuard(typed !== '' || (note ?? '') !== '');
  const report = () => {
    const read = readValue(typed, texts);
    if ('problem' in read) return setProblem(read.problem);
    const said = (note ?? '').trim();
    setTyped('');
    setNote(null);
    setProblem(null);
    if (form.current !== null) focusNext(form.current);
    reporting.mutate(
      { ...read, ...(said === '' ? {} : { note: said }) },
      {
        onSuccess: (reported) => {
          onSaid(kpis.reported(name, `${number(reported.value)} ${unit}`));
          say(reported);
        },
        onError: () => {
          setTyped((later) => (later === '' ? typed : later));
          if (said !== '') setNote((later) => later ?? said);
          onSaid(home.refused(name));
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reporting.isPending) report();
  };
  return (
    // On a phone the input shrinks, not the button.
    <form ref={form} noValidate style={{ minWidth: 0 }} onSubmit={submit}>
      <Stack gap={6}>
        <Group gap={6} wrap="nowrap" align="flex-start" justify="flex-end">
          {note === null && <AddComment name={name} onAdd={() => setNote('')} />}
          <ValueInput
            kpi={kpi}
            value={typed}
            error={problem ?? (reporting.error && reasonOf(reporting.error, texts))}
            onType={(text) => {
              setTyped(text);
              setProblem(null);
              // The pending request doesn't belong to what is being typed now.
              if (reporting.isError) reporting.reset();
            }}
          />
          <Button type="submit" size="sm" variant="default" px="sm" flex="none" loading={reporting.isPending}>
            {kpis.report}
          </Button>
        </Group>
        {note !== null && (
          <TextInput
            aria-label={home.commentFor(name)}
            placeholder={kpis.note}
            size="sm"
            autoFocus
            maxLength={1000}
            value={note}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
        )}
      </Stack>
    </form>
  );
}

interface AddCommentProps {
  readonly name: string;
  readonly onAdd: () => void;
}

function AddComment({ name, onAdd }: AddCommentProps) {
  const { home } = useTexts();
  return (
    <Tooltip label={home.addComment}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={home.addCommentFor(name)}
        onClick={onAdd}
      >
        <IconMessagePlus size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

interface ValueInputProps {
  readonly kpi: Kpi;
  readonly value: string;
  readonly error: string | null;
  readonly onType: (text: string) => void;
}

function ValueInput({ kpi: { name, unit }, value, error, onType }: ValueInputProps) {
  const { kpis } = useTexts();
  return (
    <TextInput
      aria-label={kpis.checkInOf(name)}
      inputMode="decimal"
      autoComplete="off"
      size="sm"
      w={130}
      miw={70}
      value={value}
      error={error}
      rightSection={
        unit.length <= maxUnit ? (
          <span aria-hidden style={{ fontSize: 'var(--mantine-font-size-xs)' }}>
            {unit}
          </span>
        ) : null
      }
      onChange={({ currentTarget }) => onType(currentTarget.value)}
    />
  );
}
