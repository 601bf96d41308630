import { Button, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { type CheckIn, CheckInChange, NewCheckIn } from '../../../domain/kpi/check-in.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { checkInRoutes } from '../../../functions/http/check-in/routes.ts';
import { LastAndExpected } from '../../components/check-in/check-in-popover.tsx';
import { useReported } from '../../components/check-in/use-check-in.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { doubtsOf, numberOf, typedOf } from '../../components/form/number-field.ts';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { useAddressDialog } from '../../lib/address.ts';
import { kpisKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

const NewForm = z.pipe(
  z.pipe(
    z.object({ value: z.string(), note: z.string(), at: z.string() }),
    z.transform(
      ({ value, note, at }): z.input<typeof NewCheckIn> => ({
        value: numberOf(value),
        ...(note.trim() === '' ? {} : { note }),
        ...(at === '' ? {} : { at: new Date(at).toISOString() }),
      }),
    ),
  ),
  NewCheckIn,
);

const ChangeForm = z.pipe(
  z.pipe(
    z.object({ value: z.string(), note: z.string() }),
    z.transform(
      ({ value, note }): z.input<typeof CheckInChange> => ({
        value: numberOf(value),
        note: note.trim() === '' ? null : note,
      }),
    ),
  ),
  CheckInChange,
);

/** Validates with a schema, and refuses ambiguous numbers. */
function checkedValue(schema: z.ZodMiniType) {
  const check = checkedBy(schema);
  return (values: { readonly value: string }) => ({ ...check(values), ...doubtsOf({ value: values.value }) });
}

interface FieldsProps {
  readonly unit: string;
  readonly noteHint?: string;
  /** Input props for a field. */
  readonly field: (name: 'value' | 'note') => object;
}

/** A check-in's value and optional note. */
function CheckInFields({ unit, noteHint, field }: FieldsProps) {
  const { kpis } = useTexts();
  return (
    <>
      <TextInput label={kpis.valueIn(unit)} required inputMode="decimal" data-autofocus {...field('value')} />
      <Textarea label={kpis.note} description={noteHint} autosize minRows={2} {...field('note')} />
    </>
  );
}

/**
 * Reports a value: a number, and Enter. A comment and another time where they are needed. Mails lead to it by
 * its address.
 */
export function CheckInButton({ kpi }: { readonly kpi: Kpi }) {
  const { kpis } = useTexts();
  const [opened, { open, close }] = useAddressDialog('check-in');
  return (
    <>
      <Button onClick={open} aria-label={kpis.checkInOf(kpi.name)}>
        {kpis.checkIn}
      </Button>
      {opened && <CheckInDialog kpi={kpi} onClose={close} />}
    </>
  );
}

function CheckInDialog({ kpi, onClose }: { readonly kpi: Kpi; readonly onClose: () => void }) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const queries = useQueryClient();
  const say = useReported(kpi);
  const { organizationId, id: kpiId, name, unit } = kpi;
  const { form, sending } = useSendForm({
    initialValues: { value: '', note: '', at: '' },
    check: checkedValue(NewForm),
    send: (values, key) =>
      api(checkInRoutes.createCheckIn, {
        params: { organizationId, kpiId },
        body: NewForm.parse(values),
        key,
      }),
    onSent: (reported) => {
      onClose();
      say(reported);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
  return (
    <FormDialog title={kpis.checkInOf(name)} action={kpis.report} sending={sending} onClose={onClose}>
      <LastAndExpected kpi={kpi} />
      <CheckInFields unit={unit} noteHint={kpis.noteHint} field={form.getInputProps} />
      <TextInput
        label={kpis.at}
        description={kpis.atHint}
        type="datetime-local"
        {...form.getInputProps('at')}
      />
    </FormDialog>
  );
}

interface CorrectProps {
  readonly kpi: Kpi;
  readonly checkIn: CheckIn;
}

/** Corrects a reported value or note. */
export function CorrectCheckIn({ kpi, checkIn }: CorrectProps) {
  const { kpis } = useTexts();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={open}>
        {kpis.correct}
      </Button>
      {opened && <CorrectDialog kpi={kpi} checkIn={checkIn} onClose={close} />}
    </>
  );
}

function CorrectDialog({ kpi, checkIn: given, onClose }: CorrectProps & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { kpis, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id: kpiId, unit } = kpi;
  // The change is based on the version that was opened, even if a newer one is loaded.
  const [{ id: checkInId, revision, value, note = '' }] = useState(given);
  const { form, sending } = useSendForm({
    initialValues: { value: typedOf(value), note },
    check: checkedValue(ChangeForm),
    send: (values) =>
      api(checkInRoutes.correctCheckIn, {
        params: { organizationId, kpiId, checkInId },
        body: ChangeForm.parse(values),
        revision,
      }),
    onSent: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
  return (
    <FormDialog title={kpis.correctTitle} action={common.save} sending={sending} onClose={onClose}>
      <CheckInFields unit={unit} field={form.getInputProps} />
    </FormDialog>
  );
}
