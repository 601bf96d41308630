import { Button, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { NewCheckIn } from '../../../domain/kpi/check-in.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { checkInRoutes } from '../../../functions/http/check-in/routes.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { besideFields, fieldErrors, useFieldWords, useFirstWrong } from '../../lib/form-errors.ts';
import { doubtsOf, numberOf } from '../../lib/number-field.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { CheckInFields } from './check-in-fields.tsx';
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
