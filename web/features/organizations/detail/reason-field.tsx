import { Textarea } from '@mantine/core';

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly reason: string;
  readonly onChange: (reason: string) => void;
}

/** The reason for an action on an organization, which its members and the audit log will show. */
export const ReasonField = ({ label, hint, reason, onChange }: Props) => (
  <Textarea
    label={label}
    description={hint}
    required
    data-autofocus
    autosize
    minRows={2}
    maxLength={500}
    value={reason}
    onChange={({ currentTarget }) => onChange(currentTarget.value)}
  />
);
