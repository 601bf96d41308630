import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { expectedToday } from '../../lib/expected.ts';
import { useUnsavedGuard } from '../../lib/unsaved.ts';
import { useTexts } from '../../text/language.tsx';
import { Amount } from '../kpi.tsx';
import { readValue, reasonOf, useCheckIn } from './use-check-in.ts';

/** Focuses the check-in button of the next row, or this one's in the last row. */
function focusNext(button: HTMLButtonElement): void {
  const list = button.closest('table');
  const buttons = [...(list?.querySelectorAll<HTMLButtonElement>('button[data-check-in]') ?? [])];
  (buttons[buttons.indexOf(button) + 1] ?? button).focus();
}

/** A check-in next to its row: a value, an optional comment, and Enter. */
export function CheckInPopover({ kpi }: { readonly kpi: Kpi }) {
  const { kpis } = useTexts();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpened(false);
    button.current?.focus();
  };
  const done = () => {
    setOpened(false);
    if (button.current !== null) focusNext(button.current);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      trapFocus
      returnFocus={false}
      width={300}
      shadow="md"
      hideDetached={false}
      onDismiss={close}
      closeOnClickOutside={false}
    >
      <Popover.Target>
        <Button
          ref={button}
          data-check-in
          size="compact-sm"
          variant="default"
          aria-label={kpis.checkInOf(kpi.name)}
          onClick={() => setOpened(!opened)}
        >
          {kpis.checkIn}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={kpis.checkInOf(kpi.name)}>
        <Fields kpi={kpi} onDone={done} onClose={close} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface FieldsProps {
  readonly kpi: Kpi;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function Fields({ kpi, onDone, onClose }: FieldsProps) {
  const texts = useTexts();
  const { kpis, common } = texts;
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const release = useUnsavedGuard(typed !== '' || note !== '');
  const reporting = useCheckIn(kpi, () => {
    release();
    onDone();
  });
  const { error, isPending } = reporting;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readValue(typed, texts);
    if ('problem' in read) return setProblem(read.problem);
    const said = note.trim();
    reporting.mutate({ ...read, ...(said === '' ? {} : { note: said }) });
  };
  return (
    <form noValidate aria-label={kpis.checkInOf(kpi.name)} onSubmit={submit}>
      <Stack gap="xs">
        <Text size="sm" fw={600} truncate title={kpi.name}>
          <bdi>{kpi.name}</bdi>
        </Text>
        <LastAndExpected kpi={kpi} />
        <TextInput
          label={kpis.valueIn(kpi.unit)}
          inputMode="decimal"
          autoComplete="off"
          data-autofocus
          value={typed}
          error={problem ?? (error && reasonOf(error, texts))}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setProblem(null);
            if (reporting.isError) reporting.reset();
          }}
        />
        <TextInput
          label={kpis.note}
          placeholder={kpis.optional}
          maxLength={1000}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="xs" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" size="xs" loading={isPending}>
            {kpis.checkIn}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The previous value and today's expectation, for reference. */
export function LastAndExpected({ kpi }: { readonly kpi: Kpi }) {
  const { kpis } = useTexts();
  const { latest, unit } = kpi;
  const expected = expectedToday(kpi, new Date());
  return (
    <Group gap="0 1rem">
      <Text size="xs" c="dimmed">
        {kpis.last}: {latest === null ? '–' : <Amount value={latest.value} unit={unit} />}
      </Text>
      {expected !== null && (
        <Text size="xs" c="dimmed">
          {kpis.expectedToday}: <Amount value={expected} unit={unit} />
        </Text>
      )}
    </Group>
  );
}
