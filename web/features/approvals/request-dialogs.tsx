import { Text, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import {
  NewDataRemoval,
  NewFeedExport,
  NewSuperAdmin,
  NewSupportExtension,
} from '../../../domain/approval/approval.schema.ts';
import { type ApprovalInput, approvalInputs } from '../../../domain/approval/kinds.schema.ts';
import { AuditFeedExport } from '../../../domain/audit/audit.schema.ts';
import { approvalRoutes } from '../../../functions/http/approval/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { notify } from '../../components/notify.tsx';
import { useAddress } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { approvalsKey } from './queries.ts';

interface Props {
  readonly onClose: () => void;
}

/** Maps an API path to its field; the request's input is next to the reason. */
const fieldOf = (path: string) => path.replace(/^input\./, '');

const superAdminOf = ({ email, name, reason }: { email: string; name: string; reason: string }) => ({
  kind: 'super-admin.create' as const,
  input: { email, name },
  reason,
});

const SuperAdminForm = z.pipe(
  z.pipe(z.object({ email: z.string(), name: z.string(), reason: z.string() }), z.transform(superAdminOf)),
  NewSuperAdmin,
);

/** After a request: confirms it and shows it. */
function useAfterwards(onClose: () => void) {
  const { approvals } = useTexts();
  const queries = useQueryClient();
  return {
    onSent: () => {
      notify({ message: approvals.requested });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: approvalsKey }),
  };
}

/** Requests that a person becomes a super admin. */
export function NewSuperAdminDialog({ onClose }: Props) {
  const { api } = useSession();
  const { approvals } = useTexts();
  const { form, sending } = useSendForm({
    initialValues: { email: '', name: '', reason: '' },
    check: (values) => byField(checkedBy(SuperAdminForm)(values)),
    fieldOf,
    send: (values, key) => api(approvalRoutes.requestApproval, { body: superAdminOf(values), key }),
    ...useAfterwards(onClose),
  });
  return (
    <FormDialog
      title={approvals.addSuperAdmin}
      action={approvals.request}
      sending={sending}
      onClose={onClose}
    >
      <Text size="sm">{approvals.superAdminText}</Text>
      <TextInput
        label={approvals.fields.email}
        type="email"
        required
        data-autofocus
        {...form.getInputProps('email')}
      />
      <TextInput label={approvals.fields.name} required {...form.getInputProps('name')} />
      <Reason field={form.getInputProps('reason')} />
    </FormDialog>
  );
}

const byField = (problems: ReturnType<ReturnType<typeof checkedBy>>) =>
  Object.fromEntries(Object.entries(problems).map(([path, say]) => [fieldOf(path), say]));

/** The export requested in the URL; null if invalid. */
function useAskedExport(): AuditFeedExport | null {
  const { format, actor, action, resource, about, from, to } = useAddress();
  const given = Object.entries({ format, actor, action, resource, about, from, to });
  const asked = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return AuditFeedExport.safeParse(asked).data ?? null;
}

/** Requests the export in the URL, as linked from the audit log page. */
export function NewExportDialog({ onClose }: Props) {
  const input = useAskedExport();
  return input === null ? null : <ExportDialog input={input} onClose={onClose} />;
}

function ExportDialog({ input, onClose }: Props & { readonly input: AuditFeedExport }) {
  const { api } = useSession();
  const { approvals } = useTexts();
  const { moment } = useFormats();
  const { form, sending } = useSendForm({
    initialValues: { reason: '' },
    check: ({ reason }) => checkedBy(NewFeedExport)({ kind: 'audit-feed.export', input, reason }),
    send: ({ reason }, key) =>
      api(approvalRoutes.requestApproval, { body: { kind: 'audit-feed.export', input, reason }, key }),
    ...useAfterwards(onClose),
  });
  return (
    <FormDialog title={approvals.exportTitle} action={approvals.request} sending={sending} onClose={onClose}>
      <Text size="sm">
        {approvals.exportText(input.format.toUpperCase(), moment(input.from), moment(input.to))}
      </Text>
      <Reason field={form.getInputProps('reason')} isFirst />
    </FormDialog>
  );
}

/** The extension requested in the URL; null if invalid. */
function useAskedExtension() {
  const { organization: organizationId, supportAccess: supportAccessId, minutes } = useAddress();
  const asked = { organizationId, supportAccessId, minutes: Number(minutes) };
  return approvalInputs['support-access.extend'].safeParse(asked).data ?? null;
}

/** Requests longer support access than one super admin may grant themselves, as linked from that dialog. */
export function NewExtensionDialog({ onClose }: Props) {
  const input = useAskedExtension();
  return input === null ? null : <ExtensionDialog input={input} onClose={onClose} />;
}

interface ExtensionProps extends Props {
  readonly input: ApprovalInput<'support-access.extend'>;
}

function ExtensionDialog({ input, onClose }: ExtensionProps) {
  const { api } = useSession();
  const { approvals } = useTexts();
  const kind = 'support-access.extend';
  const { form, sending } = useSendForm({
    initialValues: { reason: '' },
    check: ({ reason }) => checkedBy(NewSupportExtension)({ kind, input, reason }),
    send: ({ reason }, key) => api(approvalRoutes.requestApproval, { body: { kind, input, reason }, key }),
    ...useAfterwards(onClose),
  });
  return (
    <FormDialog title={approvals.extendTitle} action={approvals.request} sending={sending} onClose={onClose}>
      <Text size="sm">{approvals.extendText(input.minutes)}</Text>
      <Reason field={form.getInputProps('reason')} isFirst />
    </FormDialog>
  );
}

/** Requests the deletion of an organization's data, as named in the URL. */
export function NewRemovalDialog({ onClose }: Props) {
  const { organization: organizationId, name = '' } = useAddress();
  const input = approvalInputs['organization.remove-data'].safeParse({ organizationId }).data;
  return input === undefined ? null : <RemovalDialog input={input} name={name} onClose={onClose} />;
}

interface RemovalProps extends Props {
  readonly input: ApprovalInput<'organization.remove-data'>;
  readonly name: string;
}

function RemovalDialog({ input, name, onClose }: RemovalProps) {
  const { api } = useSession();
  const { approvals } = useTexts();
  const kind = 'organization.remove-data';
  const { form, sending } = useSendForm({
    initialValues: { reason: '' },
    check: ({ reason }) => checkedBy(NewDataRemoval)({ kind, input, reason }),
    send: ({ reason }, key) => api(approvalRoutes.requestApproval, { body: { kind, input, reason }, key }),
    ...useAfterwards(onClose),
  });
  return (
    <FormDialog title={approvals.removeTitle} action={approvals.request} sending={sending} onClose={onClose}>
      <Text size="sm">{approvals.removeText(name === '' ? input.organizationId : name)}</Text>
      <Reason field={form.getInputProps('reason')} isFirst />
    </FormDialog>
  );
}

interface ReasonProps {
  readonly field: object;
  readonly isFirst?: true;
}

function Reason({ field, isFirst }: ReasonProps) {
  const { approvals } = useTexts();
  return (
    <>
      <Textarea
        label={approvals.reason}
        description={approvals.reasonNote}
        required
        autosize
        minRows={2}
        {...(isFirst ? { 'data-autofocus': true } : {})}
        {...field}
      />
      <Text size="sm" c="dimmed">
        {approvals.willConfirm}
      </Text>
    </>
  );
}
