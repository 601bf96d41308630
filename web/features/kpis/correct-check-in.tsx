import { Button } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { type CheckIn, CheckInChange } from '../../../domain/kpi/check-in.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { checkInRoutes } from '../../../functions/http/check-in/routes.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useChange } from '../../lib/change.ts';
import { besideFields, fieldErrors, useFieldWords, useFirstWrong } from '../../lib/form-errors.ts';
import { doubtsOf, numberOf, typedOf } from '../../lib/number-field.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { CheckInFields } from './check-in-fields.tsx';
import { kpisKey } from './queries.ts';

const Form = z.pipe(
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

const judge = schemaResolver(Form, { sync: true });

interface Props {
  readonly kpi: Kpi;
  readonly checkIn: CheckIn;
}

/** Mends a value or a note that was reported wrong. */
export function CorrectCheckIn({ kpi, checkIn }: Props) {
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

function CorrectDialog({ kpi, checkIn: given, onClose }: Props & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { kpis, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id: kpiId, unit } = kpi;
  // The change is meant for what was opened, whatever is read in the meantime.
  const [checkIn] = useState(given);
  const form = useForm({
    initialValues: { value: typedOf(checkIn.value), note: checkIn.note ?? '' },
    validate: (values) => ({ ...judge(values), ...doubtsOf({ value: values.value }) }),
    enhanceGetInputProps: useFieldWords(),
  });
  const correcting = useChange({
    mutationFn: (values: typeof form.values) =>
      api(checkInRoutes.correctCheckIn, {
        params: { organizationId, kpiId, checkInId: checkIn.id },
        body: Form.parse(values),
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
