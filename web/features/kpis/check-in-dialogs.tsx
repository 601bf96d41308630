import { Button, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { type CheckIn, CheckInChange, NewCheckIn } from '../../../domain/kpi/check-in.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { checkInRoutes } from '../../../functions/http/routes/kpis.routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import {
  besideFields,
  fieldErrors,
  useFieldWords,
  useFirstWrong,
} from '../../components/form/form-errors.ts';
import { doubtsOf, numberOf, typedOf } from '../../components/form/number-field.ts';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { kpisKey } from './queries.ts';

const Form = z.pipe(
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

const judge = schemaResolver(Form, { sync: true });

interface Props {
  readonly kpi: Kpi;
  readonly compact?: boolean;
}

/** Reports a value: a number, and Enter. A note and another time where they are needed. */
export function CheckInButton({ kpi, compact = false }: Props) {
  const { kpis } = useTexts();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        size={compact ? 'compact-sm' : 'sm'}
        variant={compact ? 'default' : 'filled'}
        onClick={open}
        aria-label={kpis.checkInOf(kpi.name)}
      >
        {kpis.checkIn}
      </Button>
      {opened && <CheckInDialog kpi={kpi} onClose={close} />}
    </>
  );
}

function CheckInDialog({ kpi, onClose }: { readonly kpi: Kpi; readonly onClose: () => void }) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const { number } = useFormats();
  const queries = useQueryClient();
  const { organizationId, id: kpiId, name, unit } = kpi;
  const form = useForm({
    initialValues: { value: '', note: '', at: '' },
    validate: (values) => ({ ...judge(values), ...doubtsOf({ value: values.value }) }),
    enhanceGetInputProps: useFieldWords(),
  });
  const reporting = useChange({
    mutationFn: (values: typeof form.values, key) =>
      api(checkInRoutes.createCheckIn, { params: { organizationId, kpiId }, body: Form.parse(values), key }),
    onSuccess: ({ value }) => {
      onClose();
      notify({ message: kpis.reported(name, `${number(value)} ${unit}`) });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
  const lead = useFirstWrong(form, reporting.error);
  return (
    <FormDialog
      title={kpis.checkInOf(name)}
      action={kpis.report}
      pending={reporting.isPending}
      error={besideFields(form, reporting.error)}
      onSubmit={form.onSubmit((values) => reporting.mutate(values), lead)}
      onClose={onClose}
    >
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

const Form2 = z.pipe(
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

const judge2 = schemaResolver(Form2, { sync: true });

interface CorrectCheckInProps {
  readonly kpi: Kpi;
  readonly checkIn: CheckIn;
}

/** Mends a value or a note that was reported wrong. */
export function CorrectCheckIn({ kpi, checkIn }: CorrectCheckInProps) {
  const { kpis } = useTexts();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={open}>
        {kpis.correct}
      </Button>
      {opened && <CorrectDialog kpi={kpi} checkIn={checkIn} onClose={close} />}
    </>
  );
}

function CorrectDialog({
  kpi,
  checkIn: given,
  onClose,
}: CorrectCheckInProps & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { kpis, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id: kpiId, unit } = kpi;
  // The change is meant for what was opened, whatever is read in the meantime.
  const [checkIn] = useState(given);
  const form = useForm({
    initialValues: { value: typedOf(checkIn.value), note: checkIn.note ?? '' },
    validate: (values) => ({ ...judge2(values), ...doubtsOf({ value: values.value }) }),
    enhanceGetInputProps: useFieldWords(),
  });
  const correcting = useChange({
    mutationFn: (values: typeof form.values) =>
      api(checkInRoutes.correctCheckIn, {
        params: { organizationId, kpiId, checkInId: checkIn.id },
        body: Form2.parse(values),
        revision: checkIn.revision,
      }),
    onSuccess: onClose,
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
  const lead = useFirstWrong(form, correcting.error);
  return (
    <FormDialog
      title={kpis.correctTitle}
      action={common.save}
      pending={correcting.isPending}
      error={besideFields(form, correcting.error)}
      onSubmit={form.onSubmit((values) => correcting.mutate(values), lead)}
      onClose={onClose}
    >
      <CheckInFields unit={unit} field={form.getInputProps} />
    </FormDialog>
  );
}

interface CheckInFieldsProps {
  readonly unit: string;
  readonly noteHint?: string;
  /** What a form gives the input of a name. */
  readonly field: (name: 'value' | 'note') => object;
}

/** What a check-in says: a value, and a note if one likes. */
function CheckInFields({ unit, noteHint, field }: CheckInFieldsProps) {
  const { kpis } = useTexts();
  return (
    <>
      <TextInput label={kpis.valueIn(unit)} required inputMode="decimal" data-autofocus {...field('value')} />
      <Textarea label={kpis.note} description={noteHint} autosize minRows={2} {...field('note')} />
    </>
  );
}
