import { Button, Group, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { Quantity } from '../../../domain/kpi/goal.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { ApiError } from '../../lib/api-error.ts';
import { doubtOf, numberOf } from '../../lib/number-field.ts';
import type { Texts } from '../../text/english.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import { useQuickCheckIn } from './quick-check-in.ts';

interface Props {
  readonly kpi: Kpi;
  /** What happened, in words, for who doesn't see it. */
  readonly onSaid: (words: string) => void;
}

/** What was wrong with a value, beside it. */
function reasonOf(error: Error, { errors, server }: Texts): string {
  if (!(error instanceof ApiError)) return errors.unexpected;
  if (error.code === 'offline') return errors.offline;
  return server(error.fields[0]?.message ?? error.message);
}

/** The next field of the same list that a value can be typed into. */
function focusNext(form: HTMLFormElement): void {
  const list = form.closest('table');
  const fields = [...(list?.querySelectorAll<HTMLInputElement>('input[inputmode=decimal]') ?? [])];
  const place = fields.findIndex((field) => form.contains(field));
  fields[place + 1]?.focus();
}

/** A value of this week: a number, and Enter. */
export function CheckInField({ kpi, onSaid }: Props) {
  const texts = useTexts();
  const { kpis, home } = texts;
  const { number } = useFormats();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const reporting = useQuickCheckIn(kpi);
  const { name, unit } = kpi;
  const report = () => {
    const doubt = doubtOf(typed);
    if (doubt !== null) return setProblem(texts.server(doubt));
    const value = numberOf(typed);
    if (!Quantity.safeParse(value).success) return setProblem(home.checkInNumber);
    setTyped('');
    setProblem(null);
    if (form.current !== null) focusNext(form.current);
    reporting.mutate(value, {
      onSuccess: () => onSaid(kpis.reported(name, `${number(value)} ${unit}`)),
      onError: () => {
        setTyped((later) => (later === '' ? typed : later));
        onSaid(home.refused(name));
      },
    });
  };
  return (
    <form
      ref={form}
      noValidate
      // On a phone the field gives way, not the button.
      style={{ minWidth: 0 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!reporting.isPending) report();
      }}
    >
      <Group gap={6} wrap="nowrap" align="flex-start" justify="flex-end">
        <TextInput
          aria-label={kpis.checkInOf(name)}
          inputMode="decimal"
          autoComplete="off"
          size="sm"
          w={130}
          miw={70}
          value={typed}
          error={problem ?? (reporting.error && reasonOf(reporting.error, texts))}
          rightSection={
            unit.length <= 4 ? (
              <span aria-hidden style={{ fontSize: 'var(--mantine-font-size-xs)' }}>
                {unit}
              </span>
            ) : null
          }
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setProblem(null);
            // What is under way is not of what is typed now.
            if (reporting.isError) reporting.reset();
          }}
        />
        <Button type="submit" size="sm" variant="default" px="sm" flex="none" loading={reporting.isPending}>
          {kpis.report}
        </Button>
      </Group>
    </form>
  );
}
