import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { Confidence, instanceOfKpi, type Kpi, NewConfidence } from '../../../domain/kpi/kpi.schema.ts';
import { kpiRoutes } from '../../../functions/http/kpi/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { KpiStatusBadge } from '../../components/kpi.tsx';
import { Time } from '../../components/labels.tsx';
import { useMay } from '../../lib/member.tsx';
import { kpisKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

interface Props {
  readonly kpi: Kpi;
}

/** The owner's confidence as a badge; nothing if none was given. */
export const ConfidenceBadge = ({ kpi: { confidence } }: Props) =>
  confidence === undefined ? '–' : <KpiStatusBadge status={confidence.level} />;

/** The owner's confidence with its comment, author and time, and a way to update it where allowed. */
export function KpiConfidence({ kpi }: Props) {
  const { kpis } = useTexts();
  const maySet = useMay(kpi.organizationId)('create', 'CheckIn', instanceOfKpi(kpi));
  const [opened, { open, close }] = useDisclosure(false);
  const { confidence } = kpi;
  return (
    <Stack gap={2} align="flex-start">
      {(confidence !== undefined || !maySet) && <ConfidenceBadge kpi={kpi} />}
      {confidence?.note !== undefined && (
        <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {confidence.note}
        </Text>
      )}
      {confidence !== undefined && (
        <Text size="xs" c="dimmed" component="div">
          {confidence.byName ?? kpis.formerMember} · <Time at={confidence.at} />
        </Text>
      )}
      {maySet && (
        <Button size="compact-xs" variant="subtle" px={0} onClick={open}>
          {confidence === undefined ? kpis.confidence.set : kpis.confidence.change}
        </Button>
      )}
      {opened && <ConfidenceDialog kpi={kpi} onClose={close} />}
    </Stack>
  );
}

const Form = z.pipe(
  z.pipe(
    z.object({ level: z.string(), note: z.string() }),
    z.transform(({ level, note }): unknown => ({
      level: level === '' ? null : level,
      ...(note.trim() === '' ? {} : { note }),
    })),
  ),
  NewConfidence,
);

function ConfidenceDialog({ kpi, onClose }: Props & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { kpis, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id: kpiId, confidence } = kpi;
  const { form, sending } = useSendForm({
    initialValues: { level: String(confidence?.level ?? 'on_track'), note: confidence?.note ?? '' },
    check: checkedBy(Form),
    send: (values, key) =>
      api(kpiRoutes.assessKpi, { params: { organizationId, kpiId }, body: Form.parse(values), key }),
    onSent: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
  return (
    <FormDialog
      title={kpis.confidence.title(kpi.name)}
      action={common.save}
      sending={sending}
      onClose={onClose}
    >
      <NativeSelect
        label={kpis.confidence.name}
        description={kpis.confidence.hint}
        data={[
          ...Confidence.shape.level.options.map((value) => ({ value, label: kpis.statuses[value] })),
          { value: '', label: kpis.confidence.none },
        ]}
        {...form.getInputProps('level')}
      />
      <TextInput
        label={kpis.confidence.note}
        description={kpis.confidence.noteHint}
        {...form.getInputProps('note')}
      />
    </FormDialog>
  );
}
